using EatFast.Errors;
using EatFast.Identity.Data;
using EatFast.Identity.Data.Protection;
using EatFast.Identity.Domain;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Identity.Features;

internal sealed record GetContactResponse(PersonalData Person, string Language, bool IsPhoneVerified);

/// <summary>Tells a neighbour how to reach somebody; asked over gRPC, and the only way personal data leaves this service.</summary>
internal sealed class GetContact(IdentityDbContext db, PersonalDataVault vault)
{
    public async Task<GetContactResponse> FindAsync(string userId, CancellationToken ct)
    {
        var id = Guid.TryParse(userId, out var given) ? given : Guid.Empty;
        var user = await db.Users.AsNoTracking().SingleOrDefaultAsync(user => user.Id == id && user.ErasedAt == null, ct)
            ?? throw new RuleViolatedException("USER_NOT_FOUND");
        return new GetContactResponse(vault.Open(user), user.Language, user.PhoneVerified);
    }
}
