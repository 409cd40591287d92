using System.Text.Json;
using Npgsql;

namespace EatFast.Drills.Target;

/// <summary>Where everything of the system under test is at this moment; the AppHost rewrites the file with each restart.</summary>
internal sealed record Endpoints(
    Uri Gateway, Uri Simulator, PostgresEndpoint Postgres, string Redis, Uri Rabbitmq, Uri RabbitmqManagement,
        IReadOnlyList<Resource> Resources)
{
    public static Endpoints? TryRead(string file)
    {
        try
        {
            return JsonSerializer.Deserialize<Endpoints>(File.ReadAllText(file), JsonSerializerOptions.Web);
        }
        catch (Exception unready) when (unready is IOException or JsonException)
        {
            // Absent before the system is ready, or just being replaced.
            return null;
        }
    }

    public Resource Resource(string name) => Resources.Single(resource => resource.Name == name);
}

internal sealed record Resource(string Name, int? Pid, string State, IReadOnlyList<string> Urls, int Restarts)
{
    public bool IsHealthy => State == "healthy";
}

/// <summary>The login that sees every schema; only the checker has it.</summary>
internal sealed record PostgresEndpoint(string Host, int Port, string User, string Password, string Database)
{
    public string ConnectionString => new NpgsqlConnectionStringBuilder
    {
        Host = Host,
        Port = Port,
        Username = User,
        Password = Password,
        Database = Database,
        Timeout = 3,
        CommandTimeout = 60,
        MaxPoolSize = 4
    }.ConnectionString;
}
