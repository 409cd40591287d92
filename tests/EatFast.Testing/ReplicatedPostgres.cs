using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace EatFast.Testing;

/// <summary>A Postgres of its own and a streaming replica of it, both real and both gone with the test.</summary>
public sealed class ReplicatedPostgres : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("eatfast-replicated-").FullName;
    private readonly (int Primary, int Replica) _ports = (FreePort(), FreePort());
    private readonly List<Process> _servers = [];

    public string Primary => ConnectionTo(_ports.Primary);

    public string Replica => ConnectionTo(_ports.Replica);

    /// <summary>host:port</summary>
    public string ReplicaAddress => $"127.0.0.1:{_ports.Replica}";

    public static async Task<ReplicatedPostgres> StartAsync()
    {
        var postgres = new ReplicatedPostgres();
        var (primary, replica) = (Path.Combine(postgres._folder, "primary"), Path.Combine(postgres._folder, "replica"));
        if (Environment.IsPrivilegedProcess)
            await RunAsync("chown", "postgres", postgres._folder);
        await RunAsync(AsPostgres("initdb", "-D", primary, "-U", "postgres", "-A", "trust", "--locale=C.UTF-8", "-E", "UTF8", "--no-sync"));
        postgres.Serve(primary, postgres._ports.Primary);
        await ReadyAsync(postgres.Primary);
        await RunAsync(AsPostgres(
            "pg_basebackup", "-h", "127.0.0.1", "-p", Text(postgres._ports.Primary), "-U", "postgres", "-D", replica, "-R", "-c", "fast", "--no-sync"));
        postgres.Serve(replica, postgres._ports.Replica);
        await ReadyAsync(postgres.Replica);
        return postgres;
    }

    public async Task StopReplicaAsync()
    {
        await RunAsync(AsPostgres("pg_ctl", "stop", "-D", Path.Combine(_folder, "replica"), "-m", "immediate"));
        await _servers[1].WaitForExitAsync();
    }

    public static async Task<object?> AskAsync(string connection, string sql)
    {
        await using var source = NpgsqlDataSource.Create(connection);
        await using var command = source.CreateCommand(sql);
        return await command.ExecuteScalarAsync();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var (server, name) in _servers.Zip(["primary", "replica"]).Where(pair => !pair.First.HasExited))
        {
            await RunAsync(AsPostgres("pg_ctl", "stop", "-D", Path.Combine(_folder, name), "-m", "immediate"));
            await server.WaitForExitAsync();
        }
        _servers.ForEach(server => server.Dispose());
        Directory.Delete(_folder, recursive: true);
    }

    private void Serve(string data, int port) => _servers.Add(Process.Start(AsPostgres(
        "postgres", "-D", data, "-p", Text(port), "-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=", "-c", "fsync=off"))!);

    private static Task ReadyAsync(string connection) => Eventually.AsTrue(
        async () =>
        {
            try
            {
                return await AskAsync(connection, "SELECT true") is true;
            }
            catch (NpgsqlException)
            {
                return false;
            }
        },
        "the server answers");

    // Postgres refuses to be root.
    private static ProcessStartInfo AsPostgres(string program, params string[] arguments)
    {
        var path = Path.Combine(Programs(), program);
        return Environment.IsPrivilegedProcess
            ? new ProcessStartInfo("runuser", ["-u", "postgres", "--", path, .. arguments]) { WorkingDirectory = "/" }
            : new ProcessStartInfo(path, arguments);
    }

    private static string Programs() => Directory.GetDirectories("/usr/lib/postgresql").Order().Select(version => Path.Combine(version, "bin")).Last();

    private static Task RunAsync(string program, params string[] arguments) => RunAsync(new ProcessStartInfo(program, arguments));

    private static async Task RunAsync(ProcessStartInfo start)
    {
        start.RedirectStandardOutput = start.RedirectStandardError = true;
        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{start.FileName} {string.Join(' ', start.ArgumentList)}: {await output}{await errors}");
    }

    private static string ConnectionTo(int port) => $"Host=127.0.0.1;Port={port};Username=postgres;Database=postgres;Timeout=2;Pooling=false";

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
