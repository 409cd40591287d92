using System.Text.Json.Nodes;
using Npgsql;

namespace EatFast.Load;

/// <summary>Where a running system is, as its endpoints.json says.</summary>
public sealed record SystemEndpoints(Uri Gateway, Uri Simulator, string Database, JsonNode File)
{
    /// <summary>Name and process of every resource that runs now.</summary>
    public IEnumerable<(string Name, int ProcessId)> Processes =>
        from resource in File["resources"]!.AsArray()
        where resource!["pid"] is not null
        select ((string)resource!["name"]!, (int)resource["pid"]!);

    public static SystemEndpoints Read(string path)
    {
        var file = JsonNode.Parse(System.IO.File.ReadAllText(path))!;
        var postgres = file["postgres"]!;
        var database = new NpgsqlConnectionStringBuilder
        {
            Host = (string?)postgres["host"],
            Port = (int)postgres["port"]!,
            Username = (string?)postgres["user"],
            Password = (string?)postgres["password"],
            Database = (string?)postgres["database"],
            Pooling = false
        };
        return new(new Uri((string)file["gateway"]!), new Uri((string)file["simulator"]!), database.ConnectionString, file);
    }

    /// <summary>The system that runs from EATFAST_STATE, else from the .eatfast folder above this program; null when none does.</summary>
    public static SystemEndpoints? Find()
    {
        var file = Candidates().FirstOrDefault(System.IO.File.Exists);
        return file is null ? null : Read(file);
    }

    private static IEnumerable<string> Candidates()
    {
        if (Environment.GetEnvironmentVariable("EATFAST_STATE") is { Length: > 0 } state)
        {
            yield return Path.Combine(state, "endpoints.json");
            yield break;
        }
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            yield return Path.Combine(folder.FullName, ".eatfast", "endpoints.json");
    }
}
