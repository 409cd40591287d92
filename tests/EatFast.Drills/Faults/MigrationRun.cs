using System.Diagnostics;
using EatFast.Drills.Running;
using Npgsql;

namespace EatFast.Drills.Faults;

/// <summary>A service's migration step on an empty database beside the real one.</summary>
internal static class MigrationRun
{
    /// <summary>The exit code; 137 stands for SIGKILL.</summary>
    public static async Task<int> RunAsync(Stage stage, string service, CancellationToken ct)
    {
        var database = DatabaseOf(service);
        if (await stage.Rows.ScalarAsync<long>($"SELECT count(*) FROM pg_database WHERE datname = '{database}'", ct) == 0)
            await stage.Rows.RunAsync($"CREATE DATABASE {database}", ct);
        var pid = stage.Product.Endpoints.Resource(service).Pid ?? throw new DrillFailedException($"{service} does not run.");
        var command = File.ReadAllText($"/proc/{pid}/cmdline").Split('\0', StringSplitOptions.RemoveEmptyEntries);
        var start = new ProcessStartInfo(command[0], [.. command[1..], "--migrate"])
        {
            WorkingDirectory = new DirectoryInfo($"/proc/{pid}/cwd").LinkTarget!,
            RedirectStandardOutput = true,
            RedirectStandardError = true
        };
        start.Environment.Clear();
        foreach (var variable in File.ReadAllText($"/proc/{pid}/environ").Split('\0').Select(line => line.Split('=', 2))
            .Where(pair => pair.Length == 2))
            start.Environment[variable[0]] = variable[1];
        // What runs once is not worth the best code.
        start.Environment.Remove("DOTNET_TieredCompilation");
        start.Environment["ConnectionStrings__eatfast-owner"] = Elsewhere(stage.Product.Endpoints.Postgres.ConnectionString, database);
        start.Environment["ConnectionStrings__eatfast"] = Elsewhere(start.Environment["ConnectionStrings__eatfast"]!, database);
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(ct);
        var error = process.StandardError.ReadToEndAsync(ct);
        await process.WaitForExitAsync(ct);
        if (process.ExitCode is not (0 or 137))
            stage.Say($"{service} --migrate: {(await error + await output).Trim()}");
        return process.ExitCode;
    }

    public static Task ForgetAsync(Stage stage, string service, CancellationToken ct) =>
        stage.Rows.RunAsync($"DROP DATABASE {DatabaseOf(service)} WITH (FORCE)", ct);

    private static string DatabaseOf(string service) => $"drill_{service}";

    private static string Elsewhere(string connectionString, string database) =>
        new NpgsqlConnectionStringBuilder(connectionString) { Database = database, Pooling = false }.ConnectionString;
}
