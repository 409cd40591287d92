using System.Data.Common;
using EatFast.Data;
using EatFast.Security;
using EatFast.Simulation.Services;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Internal;
using Microsoft.EntityFrameworkCore.Update;
using Microsoft.Extensions.DependencyInjection;

namespace EatFast.Simulation.Store;

/// <summary>A service's DbContext on the simulated store; contexts are pooled, as the services do, by each thread for itself.</summary>
internal static class SimStore<TDb> where TDb : DbContext
{
    private static readonly DbContextOptions<TDb> Options = OptionsOf();
    [ThreadStatic]
    private static DbContextPool<TDb>? s_pool;

    public static TDb Open() => (TDb)Activator.CreateInstance(typeof(TDb), Options)!;

    public static void Add(IServiceCollection services, Life life)
    {
        services.AddScoped<IScopedDbContextLease<TDb>>(
            _ => new ScopedDbContextLease<TDb>(s_pool ??= new DbContextPool<TDb>(Options)));
        services.AddScoped(provider =>
        {
            var db = provider.GetRequiredService<IScopedDbContextLease<TDb>>().Context;
            ((SimConnection)db.Database.GetDbConnection()).Life = life;
            return db;
        });
    }

    private static DbContextOptions<TDb> OptionsOf()
    {
        var options = new DbContextOptionsBuilder<TDb>();
        ((IDbContextOptionsBuilderInfrastructure)options).AddOrUpdateExtension(new SimExtension());
        options.UseSqlite("Data Source=simulated").UseSnakeCaseNamingConvention()
            .AddInterceptors(new ConnectionMaker(), new PersonalRows(new RowVault(new(RowVault.Purpose, ProgramHost<TDb>.Secret, []))))
            .ReplaceService<IModelCustomizer, SimModel>()
            .ReplaceService<IComparer<IReadOnlyModificationCommand>, SimOrder>()
            .ConfigureWarnings(warnings => warnings.Default(WarningBehavior.Ignore));
        return options.Options;
    }

    private sealed class ConnectionMaker : DbConnectionInterceptor
    {
        public override InterceptionResult<DbConnection> ConnectionCreating(
            ConnectionCreatingEventData eventData, InterceptionResult<DbConnection> result) =>
            InterceptionResult<DbConnection>.SuppressWithResult(new SimConnection());
    }
}
