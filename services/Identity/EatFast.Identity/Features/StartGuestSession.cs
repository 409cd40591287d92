using EatFast.Http;
using EatFast.Identity.Data;
using EatFast.Identity.Domain;
using Microsoft.AspNetCore.Http.HttpResults;

namespace EatFast.Identity.Features;

internal sealed record GuestSessionView(
    string Id, DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt, IReadOnlyDictionary<string, string> Metadata);

internal sealed record StartGuestSessionResponse(string SessionId, DateTimeOffset ExpiresAt, GuestSessionView Session);

/// <summary>Somebody goes on without an account; the id is a secret that the client sends along as X-Guest-Session.</summary>
internal static class StartGuestSession
{
    public static void Map(IEndpointRouteBuilder guest) => guest
        .MapPost("/session", Handle)
        .WithName(nameof(StartGuestSession))
        .WithSummary("Order without an account");

    internal static async Task<Created<Envelope<StartGuestSessionResponse>>> Handle(
        HttpContext http, IdentityDbContext db, TimeProvider clock, CancellationToken ct)
    {
        var (now, secret) = (clock.GetUtcNow(), $"{Guid.NewGuid()}");
        var session = GuestSession.Start(RefreshToken.HashOf(secret), Language.Of(http), now);
        db.Add(session);
        await db.SaveChangesAsync(ct);
        var view = new GuestSessionView(secret, session.CreatedAt, session.ExpiresAt, new Dictionary<string, string>());
        return Answer.Created("/api/v1/guest/session", new StartGuestSessionResponse(secret, session.ExpiresAt, view));
    }
}
