using System.Globalization;

namespace EatFast.LocalEngine.Running;

/// <summary>PostgreSQL with full durability; its databases are created before anyone who waits for it goes on.</summary>
internal sealed class RunnablePostgres(PostgresServerResource server, StateDirectory state, Programs programs)
    : RunnableStore(server, state, programs, "postgres")
{
    private string Data => Path.Combine(Folder, "data");
    private string Port => server.PrimaryEndpoint.Port.ToString(CultureInfo.InvariantCulture);

    public override IEnumerable<string> Urls => [$"localhost:{Port}"];

    public override void Check() => _ = ProgramFolder();

    public override async Task<Launch> PrepareAsync(CancellationToken ct)
    {
        CreateFolder();
        var version = Path.Combine(Data, "PG_VERSION");
        if (!File.Exists(version))
            await InitializeAsync(ct);
        await HandOverFolderAsync(ct);
        return new Launch(Path.Combine(ProgramFolder(), "postgres"),
        [
            "-D", Data, "-p", Port, "-c", "listen_addresses=localhost", "-c", "unix_socket_directories=",
            "-c", "max_connections=300", "-c", "shared_buffers=256MB",
        ], Folder)
        {
            User = User,
            Folder = Folder,
            StopSignal = "INT",
        };
    }

    public override async Task<string?> ProbeAsync(CancellationToken ct)
    {
        var (exitCode, output) = await TryRunAsync(Tool("pg_isready", "-q", "-h", "127.0.0.1", "-p", Port), ct);
        return exitCode == 0 ? null : $"pg_isready says {exitCode} {output}".Trim();
    }

    public override async Task CompleteStartAsync(CancellationToken ct)
    {
        var password = await server.PasswordParameter.GetValueAsync(ct) ?? "";
        foreach (var database in server.Databases.Select(database => database.DatabaseName))
        {
            if (await SqlAsync($"select 1 from pg_database where datname = '{database}'", password, ct) == "")
                await SqlAsync($"create database \"{database}\"", password, ct);
        }
    }

    /// <summary>Into a neighbouring folder first: an interrupted attempt must not look like a database.</summary>
    private async Task InitializeAsync(CancellationToken ct)
    {
        var unfinished = Path.Combine(Folder, "unfinished");
        foreach (var leftover in new[] { unfinished, Data }.Where(Directory.Exists))
            Directory.Delete(leftover, recursive: true);

        WriteFile("password", await server.PasswordParameter.GetValueAsync(ct) ?? "");
        await HandOverFolderAsync(ct);
        var initialize = Tool("initdb", "-D", unfinished, "-U", PostgresServerResource.Owner, "-A", "scram-sha-256",
            $"--pwfile={Path.Combine(Folder, "password")}", "--locale=C.UTF-8", "-E", "UTF8");
        await RunAsync(initialize with { User = User }, ct);
        File.Delete(Path.Combine(Folder, "password"));
        Directory.Move(unfinished, Data);
    }

    private async Task<string> SqlAsync(string sql, string password, CancellationToken ct)
    {
        var psql = Tool("psql", "-X", "-A", "-t", "-q", "-v", "ON_ERROR_STOP=1", "-h", "127.0.0.1",
            "-p", Port, "-U", PostgresServerResource.Owner,
            "-d", "postgres", "-c", sql);
        return (await RunAsync(psql with { Environment = new Dictionary<string, string> { ["PGPASSWORD"] = password } }, ct)).Trim();
    }

    private Launch Tool(string name, params string[] arguments) => new(Path.Combine(ProgramFolder(), name), arguments, Folder);

    private string ProgramFolder()
    {
        var version = Path.Combine(Data, "PG_VERSION");
        return Programs.PostgresFolder(File.Exists(version) ? File.ReadAllText(version).Trim() : null);
    }
}
