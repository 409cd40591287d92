using System.Text.Json;

namespace EatFast.LocalEngine.Running;

/// <summary>endpoints.json: where everything of this run is. Tests, the tour and drills read it; it exists only while the run is
/// up.</summary>
internal sealed class EndpointsFile(string path, DistributedApplicationBuilder builder)
{
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web) { WriteIndented = true };
    private readonly Lock gate = new();
    private double? readySeconds;

    public void Open(IReadOnlyList<ResourceRun> resources, TimeSpan readyAfter)
    {
        readySeconds = Math.Round(readyAfter.TotalSeconds, 1);
        Refresh(resources);
    }

    /// <summary>Does nothing before the first time that all is healthy.</summary>
    public void Refresh(IReadOnlyList<ResourceRun> resources)
    {
        lock (gate)
        {
            if (readySeconds is null)
                return;

            try
            {
                PrivateFile.Write(path, Render(resources));
            }
            catch (IOException)
            {
                // A full disk must not bring the services down; the next change of state writes again.
                File.Delete(path);
            }
        }
    }

    public string Render(IReadOnlyList<ResourceRun> resources)
    {
        var postgres = builder.Resources.OfType<PostgresServerResource>().FirstOrDefault();
        var rabbit = builder.Resources.OfType<RabbitMQServerResource>().FirstOrDefault();
        return JsonSerializer.Serialize(
            new
            {
                Gateway = UrlOf(resources, "gateway"),
                Simulator = UrlOf(resources, "simulator"),
                Postgres = postgres is null ? null : new
                {
                    Host = "127.0.0.1",
                    postgres.PrimaryEndpoint.Port,
                    User = PostgresServerResource.Owner,
                    Password = Value(postgres.PasswordParameter),
                    Database = postgres.Databases.FirstOrDefault()?.DatabaseName,
                },
                Redis = Value(builder.Resources.OfType<RedisResource>().FirstOrDefault()?.ConnectionStringExpression),
                Rabbitmq = Value(rabbit?.ConnectionStringExpression),
                RabbitmqManagement = rabbit?.ManagementEndpoint.Url,
                Resources = resources.Select(run => new
                {
                    run.Name,
                    Pid = run.ProcessId,
                    State = run.State.ToString().ToLowerInvariant(),
                    run.Runnable.Urls,
                    run.Restarts,
                }),
                AppHostPid = Environment.ProcessId,
                ReadySeconds = readySeconds,
            },
            Format);
    }

    private static string? UrlOf(IEnumerable<ResourceRun> resources, string name) =>
        resources.FirstOrDefault(run => run.Name == name)?.Runnable.Urls.FirstOrDefault();

    /// <summary>The local engine's values are at hand at once: ports are allocated and passwords read before this is called.</summary>
    private static string? Value(IValueProvider? provider) => provider?.GetValueAsync().AsTask().GetAwaiter().GetResult();
}
