using System.Text.Json.Nodes;
using Aspire.Hosting;

namespace EatFast.AppHost.Tests;

/// <summary>The manifest of the real AppHost.cs against the rules of the manifest format.</summary>
public sealed class ManifestTests : IAsyncLifetime
{
    private static readonly string[] Services = ["identity", "catalog", "ordering", "payments", "delivery", "notifications"];

    private readonly TemporaryState state = new();
    private JsonObject manifest = [];

    private JsonObject Resources => manifest["resources"]!.AsObject();

    public async ValueTask InitializeAsync()
    {
        var file = Path.Combine(state.Path, "manifest.json");
        using var host = HostProcess.StartCommand(
            state, typeof(DistributedApplication).Assembly.Location, "--publisher", "manifest", "--output-path", file);
        Assert.True(await host.ExitAsync() == 0, host.Output);
        manifest = JsonNode.Parse(await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken))!.AsObject();
    }

    public ValueTask DisposeAsync()
    {
        state.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public void It_keeps_the_rules_of_the_format() => Assert.Empty(ManifestRules.Violations(manifest));

    [Fact]
    public void It_names_every_service_with_its_migrations_and_leaves_the_simulator_out()
    {
        Assert.Superset(
            new HashSet<string>(Services.Concat(Services.Select(service => $"{service}-migrations")).Append("gateway")),
            Resources.Select(row => row.Key).ToHashSet());
        Assert.False(Resources.ContainsKey("simulator"));
        Assert.All(Services, service => Assert.Equal("--migrate", (string?)Resources[$"{service}-migrations"]!["args"]![0]));
    }

    [Fact]
    public void Only_migrations_hold_the_connection_of_the_owner() => Assert.All(
        Resources.Where(row => row.Value!["env"] is not null),
        row => Assert.Equal(row.Key.EndsWith("-migrations", StringComparison.Ordinal),
            row.Value!["env"]!.AsObject().ContainsKey("ConnectionStrings__eatfast-owner")));

    [Fact]
    public void It_holds_no_secret_and_touches_no_state()
    {
        Assert.All(Resources.Where(row => (string?)row.Value!["type"] == "parameter.v0"),
            row => Assert.True((bool?)row.Value!["inputs"]!["value"]!["secret"]));
        Assert.False(File.Exists(state.SecretsFile));
    }

    [Theory]
    [InlineData("""{"a":{"type":"container.v0"}}""", "a lacks image")]
    [InlineData("""{"a":{"type":"project.v0","path":"p","colour":"red"}}""", "a has the unknown member colour")]
    [InlineData("""{"a":{"type":"project.v9"}}""", "a has the unknown type project.v9")]
    [InlineData("""{"a":{"type":"value.v0","connectionString":"{b.connectionString}"}}""",
        "a refers to {b.connectionString}, which does not exist")]
    public void The_rules_catch_a_broken_manifest(string resources, string violation)
    {
        var broken = new JsonObject { ["resources"] = JsonNode.Parse(resources) };

        Assert.Contains(violation, ManifestRules.Violations(broken));
    }
}
