using EatFast.Errors;
using EatFast.Identity.Data;
using EatFast.Identity.Domain;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Identity.Features;

internal sealed record GetGuestSessionResponse(Guid GuestId, string Language, DateTimeOffset ExpiresAt);

/// <summary>Tells a neighbour which guest holds this session id (gRPC); one that ran out or became an account is not there.</summary>
internal sealed class GetGuestSession(IdentityDbContext db, TimeProvider clock)
{
    public async Task<GetGuestSessionResponse> FindAsync(string sessionId, CancellationToken ct)
    {
        var hash = RefreshToken.HashOf(sessionId);
        var guest = await db.GuestSessions.AsNoTracking().SingleOrDefaultAsync(session => session.SecretHash == hash, ct);
        return guest?.IsLive(clock.GetUtcNow()) == true
            ? new GetGuestSessionResponse(guest.Id, guest.Language, guest.ExpiresAt)
            : throw new RuleViolatedException("GUEST_SESSION_NOT_FOUND");
    }
}
