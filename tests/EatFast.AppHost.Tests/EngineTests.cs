using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using EatFast.LocalEngine;
using EatFast.LocalEngine.Running;

namespace EatFast.AppHost.Tests;

public sealed class EngineTests : IDisposable
{
    private readonly TemporaryState state = new();

    public void Dispose() => state.Dispose();

    [Fact]
    public async Task A_service_starts_after_its_store_is_healthy_and_its_migrations_are_done()
    {
        var builder = state.CreateBuilder();
        var redis = builder.AddRedis("redis");
        var migrations = builder.AddProject<ProbeProject>("probe-migrations", null).WithArgs("--migrate").WaitFor(redis);
        AddProbe(builder).WaitFor(redis).WaitForCompletion(migrations);

        await using var engine = await TestEngine.StartAsync(builder);

        Assert.InRange(engine.LineOf("probe-migrations", "starting"), engine.LineOf("redis", "healthy") + 1, int.MaxValue);
        Assert.InRange(engine.LineOf("probe", "starting"), engine.LineOf("probe-migrations", "completed") + 1, int.MaxValue);
        Assert.Equal(RunState.Healthy, engine["probe"].State);
    }

    [Fact]
    public async Task A_crashed_service_comes_back_at_the_same_address()
    {
        var builder = state.CreateBuilder();
        AddProbe(builder);
        await using var engine = await TestEngine.StartAsync(builder);
        var (pid, url) = (engine["probe"].ProcessId!.Value, engine["probe"].Runnable.Urls.Single());

        ProcessTable.Signal(pid, ProcessTable.Killed);
        await Eventually.TrueAsync(() => engine["probe"] is { Restarts: 1, State: RunState.Healthy }, "the probe is healthy again");

        Assert.NotEqual(pid, engine["probe"].ProcessId);
        Assert.Equal(url, engine["probe"].Runnable.Urls.Single());
        using var http = new HttpClient();
        Assert.Equal("healthy", await http.GetStringAsync($"{url}/health", TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_crashed_store_comes_back()
    {
        var builder = state.CreateBuilder();
        builder.AddRedis("redis");
        await using var engine = await TestEngine.StartAsync(builder);

        ProcessTable.Signal(engine["redis"].ProcessId!.Value, ProcessTable.Killed);

        await Eventually.TrueAsync(() => engine["redis"] is { Restarts: 1, State: RunState.Healthy }, "Redis is healthy again");
    }

    [Fact]
    public async Task A_service_that_ends_before_it_is_ready_shows_the_end_of_its_log()
    {
        var builder = state.CreateBuilder();
        builder.AddProject<ProbeProject>("probe", null).WithHttpEndpoint().WithHttpHealthCheck("/health").WithArgs("--fail");

        var refusal = await Assert.ThrowsAsync<EngineException>(() => TestEngine.StartAsync(builder));

        Assert.Contains("probe ended with exit code 7 before it was ready", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("The probe was told to fail.", refusal.Message, StringComparison.Ordinal);
        Assert.Contains(Path.Combine(state.Path, "logs", "probe.log"), refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("redis", "Redis (redis-server)", "redis-server")]
    [InlineData("postgres", "PostgreSQL (postgres)", "postgresql")]
    [InlineData("rabbitmq", "RabbitMQ (rabbitmq-server)", "rabbitmq-server")]
    public async Task A_missing_program_is_named_with_its_package_and_command(string store, string program, string package)
    {
        var builder = state.CreateBuilder();
        _ = store switch
        {
            "redis" => builder.AddRedis(store).Resource,
            "postgres" => builder.AddPostgres(store).Resource,
            _ => (IResource)builder.AddRabbitMQ(store).WithManagementPlugin().Resource,
        };
        var settings = new EngineSettings(ConsoleView.Silent) { Programs = new Programs(state.Path) };

        var refusal = await Assert.ThrowsAsync<EngineException>(
            () => Engine.StartAsync(builder, settings, TestContext.Current.CancellationToken));

        Assert.StartsWith($"{program} is not installed", refusal.Message, StringComparison.Ordinal);
        Assert.Contains($"apt-get install -y --no-install-recommends {package}", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Secrets_are_private_and_the_same_in_the_next_run()
    {
        var passwords = new List<string?>();
        for (var run = 0; run < 2; run++)
        {
            var builder = state.CreateBuilder();
            var redis = builder.AddRedis("redis");
            await using var engine = await TestEngine.StartAsync(builder);
            passwords.Add(await redis.Resource.PasswordParameter.GetValueAsync(TestContext.Current.CancellationToken));
        }

        Assert.Equal(passwords[0], passwords[1]);
        Assert.Equal(22, passwords[0]!.Length);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(state.SecretsFile));
    }

    [Fact]
    public async Task Configuration_wins_over_a_generated_parameter()
    {
        var builder = state.CreateBuilder("--Parameters:internal_key", "given");
        var key = builder.AddParameter(
            "internal-key", new GenerateParameterDefault { MinLength = 43, Special = false }, secret: true, persist: true);

        Assert.Equal("given", await key.Resource.GetValueAsync(TestContext.Current.CancellationToken));
        Assert.False(File.Exists(state.SecretsFile));
    }

    [Fact]
    public void Restarts_wait_longer_each_time_until_one_has_held()
    {
        var backoff = new Backoff();
        var atOnce = Enumerable.Range(0, 6).Select(_ => backoff.Next(TimeSpan.FromSeconds(1)).TotalSeconds).ToList();

        Assert.Equal([0.2, 0.5, 1, 2, 5, 5], atOnce);
        Assert.Equal(0.2, backoff.Next(TimeSpan.FromSeconds(31)).TotalSeconds);
    }

    private static IResourceBuilder<ProjectResource> AddProbe(DistributedApplicationBuilder builder) =>
        builder.AddProject<ProbeProject>("probe", null).WithHttpEndpoint().WithHttpHealthCheck("/health");
}
