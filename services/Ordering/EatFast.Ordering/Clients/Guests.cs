using EatFast.Errors;
using EatFast.Identity.Contracts.V1;
using IdentityClient = EatFast.Identity.Contracts.V1.Identity.IdentityClient;

namespace EatFast.Ordering.Clients;

/// <summary>Asks Identity which guest holds a session; the session's id is the guest's only proof, so it is never stored here.</summary>
internal sealed class Guests(IdentityClient identity)
{
    public const string Header = "X-Guest-Session";

    /// <summary>The header counts before what the older clients send in a body or query. Refuses with GUEST_SESSION_EXPIRED.</summary>
    public async Task<Guid> RequireAsync(HttpRequest request, string? given, CancellationToken ct)
    {
        var session = request.Headers[Header].ToString() is { Length: > 0 } header ? header : given;
        if (string.IsNullOrWhiteSpace(session) || session.Length > 100)
            throw new RuleViolatedException("GUEST_SESSION_EXPIRED");
        try
        {
            var guest = await identity.GetGuestSessionAsync(new GetGuestSessionRequest { SessionId = session }, cancellationToken: ct);
            return Guid.Parse(guest.GuestId);
        }
        catch (RuleViolatedException refused) when (refused.Refusal?.Status == StatusCodes.Status404NotFound)
        {
            throw new RuleViolatedException("GUEST_SESSION_EXPIRED");
        }
    }
}
