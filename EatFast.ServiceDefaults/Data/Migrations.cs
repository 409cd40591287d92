using System.Diagnostics.CodeAnalysis;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Npgsql;

namespace EatFast.Data;

/// <summary>The <c>--migrate</c> step: with the owner's rights it makes the schema, the service's login and its tables, then ends.</summary>
public static class Migrations
{
    /// <summary>The comment on a table that the service's login may only read and add to.</summary>
    public const string AppendOnly = "append-only";

    private const long LockKey = 0x0EA7FA57;

    public static bool IsMigrationStep(string[] args) => args.Contains("--migrate");

    /// <summary>Runs the step without building the service: only configuration and database are needed, and often nothing is to do.</summary>
    /// <param name="args">The command line.</param>
    /// <param name="schema">The service's schema, which is also the name of its login.</param>
    /// <param name="seedDemoData">Called in Development after the tables exist; has to be repeatable.</param>
    public static async Task RunAsync<TDb>(
        string[] args, string schema, Func<TDb, IConfiguration, CancellationToken, Task>? seedDemoData = null) where TDb : DbContext
    {
        using var configuration = new ConfigurationManager();
        configuration.AddEnvironmentVariables().AddCommandLine(args);
        configuration.AcceptPlainVariables();
        var environment = configuration["ASPNETCORE_ENVIRONMENT"] ?? configuration["DOTNET_ENVIRONMENT"] ?? Environments.Production;
        var owner = configuration.RequireConnectionString("eatfast-owner");
        var login = configuration.RequireConnectionString(Postgres.ConnectionName);
        // Of both modules: the tables are the service's, the login and its rights are made here.
        var preparedBy = $"{environment} {typeof(TDb).Module.ModuleVersionId} {typeof(Migrations).Module.ModuleVersionId}";
        if (await IsPreparedAsync(owner, login, schema, preparedBy))
            return;

        Func<TDb, CancellationToken, Task>? seed = environment == Environments.Development && seedDemoData is not null
            ? (db, ct) => seedDemoData(db, configuration, ct)
            : null;
        await ApplyAsync(owner, login, schema, seed, CancellationToken.None);
        await using var connection = new NpgsqlConnection(owner);
        await connection.OpenAsync();
        await ExecuteAsync(connection, $"COMMENT ON SCHEMA \"{schema}\" IS '{preparedBy}'", CancellationToken.None);
    }

    // The schema's comment names the build that prepared it last: the same build would find nothing to do, and EF's model costs seconds.
    private static async Task<bool> IsPreparedAsync(string owner, string login, string schema, string preparedBy)
    {
        await using var connection = new NpgsqlConnection(owner);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand("SELECT obj_description(to_regnamespace($1)::oid, 'pg_namespace')", connection)
        {
            Parameters = { new() { Value = schema } }
        };
        return await command.ExecuteScalarAsync() as string == preparedBy && await CanSignInAsync(login);
    }

    private static async Task<bool> CanSignInAsync(string login)
    {
        try
        {
            await using var connection = new NpgsqlConnection(login);
            await connection.OpenAsync();
            return true;
        }
        catch (PostgresException)
        {
            // The password was changed: the step sets it again.
            return false;
        }
    }

    /// <summary>Safe to run at once from many places: an advisory lock lets them pass one by one.</summary>
    public static async Task ApplyAsync<TDb>(
        string owner, string serviceLogin, string schema, Func<TDb, CancellationToken, Task>? seed, CancellationToken ct)
        where TDb : DbContext
    {
        var login = new NpgsqlConnectionStringBuilder(serviceLogin);
        await using var connection = new NpgsqlConnection(owner);
        await connection.OpenAsync(ct);
        // Logins and extensions belong to everyone, so that part is done one service at a time; a schema's own tables may be made beside others'.
        await ExecuteAsync(connection, $"SELECT pg_advisory_lock({LockKey})", ct);
        await ExecuteAsync(connection, LoginScript(schema, login), ct);
        await ExecuteAsync(connection, $"SELECT pg_advisory_unlock({LockKey}), pg_advisory_lock({LockKey}, hashtext('{schema}'))", ct);

        await using var db = CreateDbContext<TDb>(owner, schema);
        // A large table may take minutes to rewrite; half of it every 30 s would never end.
        db.Database.SetCommandTimeout(TimeSpan.FromHours(1));
        await db.Database.MigrateAsync(ct);
        Failpoint.Reach("migrate.mid");
        await ExecuteAsync(connection, GrantScript(schema, login.Username!), ct);
        if (seed is not null)
            await seed(db, ct);
    }

    private static TDb CreateDbContext<TDb>(string connection, string schema) where TDb : DbContext
    {
        var options = new DbContextOptionsBuilder<TDb>();
        options.UseNpgsql(connection).UseSchema(schema);
        return (TDb)Activator.CreateInstance(typeof(TDb), options.Options)!;
    }

    // Trusted names and a generated password; the literal is quoted because CREATE ROLE takes no parameters.
    private static string LoginScript(string schema, NpgsqlConnectionStringBuilder login) => $"""
        DO $do$
        BEGIN
            IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = '{login.Username}') THEN
                CREATE ROLE "{login.Username}" LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE;
            END IF;
        END $do$;
        ALTER ROLE "{login.Username}" WITH LOGIN PASSWORD '{login.Password!.Replace("'", "''", StringComparison.Ordinal)}';
        CREATE EXTENSION IF NOT EXISTS unaccent SCHEMA public;
        CREATE EXTENSION IF NOT EXISTS pg_trgm SCHEMA public;
        REVOKE CREATE ON SCHEMA public FROM PUBLIC;
        CREATE SCHEMA IF NOT EXISTS "{schema}";
        """;

    private static string GrantScript(string schema, string login) => $"""
        GRANT USAGE ON SCHEMA "{schema}" TO "{login}";
        GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA "{schema}" TO "{login}";
        GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA "{schema}" TO "{login}";
        DO $do$
        DECLARE kept regclass;
        BEGIN
            FOR kept IN SELECT oid FROM pg_class WHERE relnamespace = '"{schema}"'::regnamespace AND obj_description(oid, 'pg_class') = '{AppendOnly}' LOOP
                EXECUTE format('REVOKE UPDATE, DELETE, TRUNCATE ON %s FROM "{login}"', kept);
            END LOOP;
        END $do$;
        """;

    [SuppressMessage("Security", "CA2100", Justification = "Schema and login are names from our own AppHost, not input.")]
    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 120 };
        await command.ExecuteNonQueryAsync(ct);
    }
}
