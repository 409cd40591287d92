using EatFast.Identity.Data;
using EatFast.Identity.Data.Protection;
using EatFast.Identity.Domain;
using EatFast.Identity.Input;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Identity;

/// <summary>Finds whom a code is for, by what somebody typed; also an address that belongs to nobody is an answer.</summary>
internal sealed class Recipients(IdentityDbContext db, PersonalDataVault vault)
{
    public async Task<CodeRecipient> OfEmailAsync(string email, CancellationToken ct)
    {
        var address = EmailAttribute.Normalise(email);
        var index = vault.EmailIndex(address);
        return new(CodeRecipient.Email, address, index, await db.Users.SingleOrDefaultAsync(user => user.EmailIndex == index, ct));
    }

    public async Task<CodeRecipient> OfPhoneAsync(string phone, CancellationToken ct)
    {
        var number = PhoneNumberAttribute.Normalise(phone);
        var index = vault.PhoneIndex(number);
        return new(CodeRecipient.Sms, number, index, await db.Users.SingleOrDefaultAsync(user => user.PhoneIndex == index, ct));
    }

    /// <summary>A number that a guest names: whether it has an account makes no difference, and is not looked up.</summary>
    public CodeRecipient OfGuest(GuestSession guest, string phone)
    {
        var number = PhoneNumberAttribute.Normalise(phone);
        return new(CodeRecipient.Sms, number, vault.PhoneIndex(number), User: null, guest);
    }

    /// <summary>E-mail address or phone number, whichever it is; null when it is neither.</summary>
    public async Task<CodeRecipient?> FindAsync(string destination, CancellationToken ct) =>
        destination.Contains('@', StringComparison.Ordinal)
            ? new EmailAttribute().IsValid(destination) ? await OfEmailAsync(destination, ct) : null
            : new PhoneNumberAttribute().IsValid(destination) ? await OfPhoneAsync(destination, ct) : null;
}
