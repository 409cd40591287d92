using System.Text.Json.Nodes;
using EatFast.Errors;
using EatFast.Http;
using EatFast.Identity.Clients;
using EatFast.Identity.Data;
using EatFast.Identity.Data.Protection;
using EatFast.Identity.Domain;
using EatFast.Security;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Identity.Features;

/// <param name="UserId">Whom it is about.</param>
/// <param name="ExportedAt">Of when it is.</param>
/// <param name="Identity">What this service keeps.</param>
/// <param name="Services">What each of the others keeps, by name.</param>
internal sealed record PersonExport(
    Guid UserId, DateTimeOffset ExportedAt, object Identity, IReadOnlyDictionary<string, JsonNode> Services);

/// <summary>Everything that the six services keep about a person, as one document; it misses no service, or it is not given (503).</summary>
internal static class ExportPerson
{
    public static void Map(IEndpointRouteBuilder users, IEndpointRouteBuilder accounts)
    {
        users.MapGet("/export", Handle).WithName(nameof(ExportPerson)).WithSummary("Everything that is kept about me").ProducesProblem(503);
        accounts.MapGet("/{userId:guid}/export", HandleOther)
            .WithName("ExportUser").WithSummary("Everything that is kept about somebody (operators)").ProducesProblem(503);
    }

    internal static Task<Ok<Envelope<PersonExport>>> Handle(CurrentUser caller, Exporter exporter, CancellationToken ct) =>
        exporter.RunAsync(caller.Id, caller, ct);

    internal static Task<Ok<Envelope<PersonExport>>> HandleOther(Guid userId, CurrentUser admin, Exporter exporter, CancellationToken ct) =>
        exporter.RunAsync(userId, admin, ct);
}

/// <summary>Puts the parts together, and leaves a trace of who asked.</summary>
internal sealed class Exporter(
    IdentityDbContext db, PersonalDataVault vault, AddressBook book, Submissions submissions, Neighbours neighbours, TimeProvider clock)
{
    public async Task<Ok<Envelope<PersonExport>>> RunAsync(Guid userId, CurrentUser actor, CancellationToken ct)
    {
        var user = await db.Users.AsNoTracking().SingleOrDefaultAsync(row => row.Id == userId && row.ErasedAt == null, ct)
            ?? throw new RuleViolatedException("USER_NOT_FOUND");
        var now = clock.GetUtcNow();
        var services = await neighbours.ExportAsync(userId, ct);
        var own = await OwnAsync(user, now, ct);
        db.RecordAction(actor, "user.exported", "user", userId, now);
        await db.SaveChangesAsync(ct);
        return Answer.Ok(new PersonExport(userId, now, own, services));
    }

    private async Task<object> OwnAsync(User user, DateTimeOffset now, CancellationToken ct)
    {
        var addresses = await db.Addresses.AsNoTracking().Where(row => row.UserId == user.Id).OrderBy(row => row.CreatedAt).ToListAsync(ct);
        return new
        {
            Profile = UserView.Of(user, vault),
            Addresses = addresses.ConvertAll(row => book.Show(user, row)),
            Favorites = await db.Favorites.Where(row => row.UserId == user.Id)
                .Select(row => new { row.RestaurantId, row.CreatedAt }).ToListAsync(ct),
            Sessions = await db.Sessions.Where(row => row.UserId == user.Id)
                .Select(row => new { row.CreatedAt, row.ExpiresAt, row.RevokedAt }).ToListAsync(ct),
            TrustedDevices = await TrustedDeviceView.ListAsync(db, user.Id, now, ct),
            Sent = await submissions.ExportAsync(user, ct),
            AuditLog = await db.AuditEntries.Where(row => row.SubjectId == user.Id || row.ActorId == user.Id)
                .OrderBy(row => row.Number).Select(row => new { row.Action, row.At, row.Service }).ToListAsync(ct)
        };
    }
}
