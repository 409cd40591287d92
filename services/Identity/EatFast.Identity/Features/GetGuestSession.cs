using EatFast.Errors;
using EatFast.Identity.Data;
using EatFast.Identity.Data.Protection;
using EatFast.Identity.Domain;
using EatFast.Identity.Input;

namespace EatFast.Identity.Features;

internal sealed record GetGuestSessionResponse(Guid GuestId, string Language, bool IsPhoneProven);

/// <summary>
/// Tells a neighbour which guest holds this session id (gRPC), and whether the number that the neighbour names was proven there; one that
/// ran out or became an account is not there.
/// </summary>
internal sealed class GetGuestSession(IdentityDbContext db, PersonalDataVault vault, TimeProvider clock)
{
    public async Task<GetGuestSessionResponse> FindAsync(string sessionId, string phone, CancellationToken ct) =>
        await db.FindGuestAsync(sessionId, ct) is { } guest && guest.IsLive(clock.GetUtcNow())
            ? new GetGuestSessionResponse(guest.Id, guest.Language, IsProven(guest, phone))
            : throw new RuleViolatedException("GUEST_SESSION_NOT_FOUND");

    private bool IsProven(GuestSession guest, string phone) => phone.Length > 0 && new PhoneNumberAttribute().IsValid(phone)
        && guest.HasProven(vault.PhoneIndex(PhoneNumberAttribute.Normalise(phone)));
}
