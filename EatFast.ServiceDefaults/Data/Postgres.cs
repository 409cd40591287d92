using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;

namespace EatFast.Data;

/// <summary>One DbContext per service on its own schema, failing fast so that an outage answers 503 instead of hanging.</summary>
public static class Postgres
{
    public const string ConnectionName = "eatfast";

    public static void AddPostgres<TDb>(this WebApplicationBuilder builder, string schema, params IInterceptor[] interceptors)
        where TDb : DbContext
    {
        var connection = new NpgsqlConnectionStringBuilder(builder.Configuration.RequireConnectionString(ConnectionName))
        {
            ApplicationName = schema,
            Timeout = 2,
            CommandTimeout = 10,
            MaxPoolSize = 40,
            // No statement leaves state in its session, so there is nothing to discard between two uses (and with it every prepared plan).
            NoResetOnClose = true,
            MaxAutoPrepare = 200,
            AutoPrepareMinUsages = 2
        };
        builder.Configuration[$"ConnectionStrings:{ConnectionName}"] = connection.ConnectionString;
        builder.AddNpgsqlDbContext<TDb>(
            ConnectionName,
            settings =>
            {
                // Repeating a statement after a lost connection could repeat a commit: callers retry with their idempotency key instead.
                settings.DisableRetry = true;
                settings.DisableTracing = !builder.Configuration.IsExported();
            },
            options => options.UseSchema(schema).AddInterceptors(interceptors));
        builder.Services.AddScoped<DbContext>(services => services.GetRequiredService<TDb>());
    }

    internal static DbContextOptionsBuilder UseSchema(this DbContextOptionsBuilder options, string schema) => options
        .UseNpgsql(npgsql => npgsql.MigrationsHistoryTable("__ef_migrations_history", schema))
        .UseSnakeCaseNamingConvention()
        // A duplicate message or key is an expected answer here, reported by whoever asked.
        .ConfigureWarnings(warnings => warnings.Ignore(CoreEventId.SaveChangesFailed, RelationalEventId.CommandError));

    /// <summary>True when a save failed because a row of this type already exists: someone else's insert won.</summary>
    public static bool IsDuplicate<TEntity>(this DbUpdateException exception, DbContext db) =>
        exception.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation } postgres
        && postgres.TableName == db.Model.FindEntityType(typeof(TEntity))!.GetTableName();

    internal static string RequireConnectionString(this IConfiguration configuration, string name) =>
        configuration.GetConnectionString(name) is { Length: > 0 } connection
            ? connection
            : throw new InvalidOperationException(
                $"The connection string '{name}' is missing: set the environment variable ConnectionStrings__{name}.");
}
