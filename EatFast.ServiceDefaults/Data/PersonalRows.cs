using EatFast.Security;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Configuration;

namespace EatFast.Data;

/// <summary>Seals personal rows on their way into the database, and hands those that come out the means to open themselves.</summary>
public sealed class PersonalRows(RowVault vault) : SaveChangesInterceptor, IMaterializationInterceptor
{
    public static PersonalRows From(IConfiguration configuration) => new(RowVault.From(configuration));

    public override ValueTask<InterceptionResult<int>> SavingChangesAsync(
        DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        foreach (var entry in eventData.Context!.ChangeTracker.Entries<IPersonalRow>())
            if (entry.State is EntityState.Added or EntityState.Modified)
                entry.Entity.Seal(vault);
        return ValueTask.FromResult(result);
    }

    public object InitializedInstance(MaterializationInterceptionData materializationData, object entity)
    {
        (entity as IPersonalRow)?.Open(vault);
        return entity;
    }
}
