using System.Globalization;
using System.Runtime.InteropServices;

namespace EatFast.LocalEngine.Running;

/// <summary>Finds the stores' programs where distributions put them, which is often outside PATH.</summary>
internal sealed class Programs(string root = "/")
{
    /// <summary>The dotnet that runs this process, also when a test runner started it.</summary>
    public static string Dotnet { get; } =
        Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "dotnet"));

    public string RedisServer => OnPath("redis-server") ?? OnPath("valkey-server") ?? throw Missing("Redis (redis-server)", "redis-server");

    public string Epmd => Newest("usr/lib/erlang", "erts-*", "bin/epmd")
        ?? OnPath("epmd") ?? throw Missing("Erlang's port mapper (epmd)", "erlang-base");

    /// <summary>The script inside the package: Debian's wrapper in /usr/sbin insists on the system's own node.</summary>
    public string RabbitMQServer => Newest("usr/lib/rabbitmq/lib", "rabbitmq_server-*", "sbin/rabbitmq-server")
        ?? OnPath("rabbitmq-server") ?? throw Missing("RabbitMQ (rabbitmq-server)", "rabbitmq-server");

    /// <summary>The folder of Postgres's programs: of the version that made the data, where there is data.</summary>
    public string PostgresFolder(string? dataVersion)
    {
        var installed = Newest("usr/lib/postgresql", dataVersion ?? "*", "bin/postgres") ?? OnPath("postgres") ?? throw (dataVersion is null
            ? Missing("PostgreSQL (postgres)", "postgresql")
            : new EngineException(
                $"The data was written by PostgreSQL {dataVersion}, which is not installed: install postgresql-{dataVersion}, "
                + "or run './eatfast reset' to begin with an empty database."));
        return Path.GetDirectoryName(installed)!;
    }

    private string? OnPath(string program)
    {
        var folders = root == "/"
            ? (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries)
            : [];
        return folders.Concat(["/usr/bin", "/usr/sbin", "/usr/local/bin"])
            .Select(folder => Path.Combine(root, folder.TrimStart('/'), program)).FirstOrDefault(File.Exists);
    }

    private string? Newest(string folder, string pattern, string program)
    {
        var parent = Path.Combine(root, folder);
        return !Directory.Exists(parent) ? null : Directory.EnumerateDirectories(parent, pattern)
            .OrderByDescending(path => path,
                StringComparer.Create(CultureInfo.InvariantCulture, CompareOptions.NumericOrdering))
            .Select(path => Path.Combine(path, program)).FirstOrDefault(File.Exists);
    }

    private static EngineException Missing(string program, string package) => new(
        $"{program} is not installed: install the Debian package '{package}' with "
        + $"'apt-get install -y --no-install-recommends {package}' (as root), or let './eatfast run' do it.");
}
