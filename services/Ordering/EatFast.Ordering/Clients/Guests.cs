using EatFast.Errors;
using EatFast.Identity.Contracts.V1;
using IdentityClient = EatFast.Identity.Contracts.V1.Identity.IdentityClient;

namespace EatFast.Ordering.Clients;

/// <summary>Who holds a session, and whether the number that was named has been proven in it.</summary>
internal sealed record SessionGuest(Guid Id, bool IsPhoneProven);

/// <summary>Asks Identity which guest holds a session; the session's id is the guest's only proof, so it is never stored here.</summary>
internal sealed class Guests(IdentityClient identity)
{
    public const string Header = "X-Guest-Session";

    /// <summary>The header counts before what the older clients send in a body or query. Refuses with GUEST_SESSION_EXPIRED.</summary>
    public async Task<Guid> RequireAsync(HttpRequest request, string? given, CancellationToken ct) =>
        (await RequireAsync(request, given, phone: "", ct)).Id;

    /// <summary>The same for who names a number. Refuses with GUEST_SESSION_EXPIRED.</summary>
    public async Task<SessionGuest> RequireAsync(HttpRequest request, string? given, string phone, CancellationToken ct)
    {
        var session = request.Headers[Header].ToString() is { Length: > 0 } header ? header : given;
        if (string.IsNullOrWhiteSpace(session) || session.Length > 100)
            throw new RuleViolatedException("GUEST_SESSION_EXPIRED");
        try
        {
            var asked = new GetGuestSessionRequest { SessionId = session, Phone = phone };
            var guest = await identity.GetGuestSessionAsync(asked, cancellationToken: ct);
            return new(Guid.Parse(guest.GuestId), guest.PhoneProven);
        }
        catch (RuleViolatedException refused) when (refused.Refusal?.Status == StatusCodes.Status404NotFound)
        {
            throw new RuleViolatedException("GUEST_SESSION_EXPIRED");
        }
    }
}
