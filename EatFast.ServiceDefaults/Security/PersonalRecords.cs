using System.Text.Json.Nodes;
using EatFast.Data;
using EatFast.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace EatFast.Security;

/// <summary>What a service knows of one person, for that person; and whether it needs the person just now.</summary>
public interface IPersonalRecords
{
    Task<object> ExportAsync(Guid userId, CancellationToken ct);

    /// <summary>True while something is on its way that could not be brought to an end without the person's data.</summary>
    Task<bool> IsNeededAsync(Guid userId, CancellationToken ct);
}

/// <summary>A service's answer to Identity, which asks all of them; the gateway does not forward the path.</summary>
public static class PersonalRecords
{
    internal static void MapPersonalRecords(this WebApplication app)
    {
        if (!app.Services.GetRequiredService<IServiceProviderIsService>().IsService(typeof(IPersonalRecords)))
            return;
        var people = app.MapGroup("/internal/people/{userId:guid}").AllowAnonymous().ExcludeFromDescription();
        people.MapGet("/", async (Guid userId, IPersonalRecords records, CancellationToken ct) =>
            TypedResults.Ok(await records.ExportAsync(userId, ct)));
        people.MapGet("/needed", async (Guid userId, IPersonalRecords records, CancellationToken ct) =>
            TypedResults.Ok(new JsonObject { ["needed"] = await records.IsNeededAsync(userId, ct) }));
        app.MapGet("/internal/encryption", async (IEnumerable<IResealProgress> kinds, CancellationToken ct) =>
        {
            var progress = new List<ResealProgress>();
            foreach (var kind in kinds)
                progress.Add(await kind.ReadAsync(ct));
            return TypedResults.Ok(progress);
        }).AllowAnonymous().ExcludeFromDescription();
    }

    /// <summary>Drops the answers that are kept for repeats of somebody's requests; they may hold what was just erased.</summary>
    public static Task<int> ForgetAnswersAsync(this DbContext db, Guid userId, CancellationToken ct)
    {
        var principal = userId.ToString();
        return db.Set<IdempotencyRecord>().Where(record => record.Principal == principal).ExecuteDeleteAsync(ct);
    }
}
