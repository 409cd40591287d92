using EatFast.Errors;
using EatFast.Identity.Contracts;
using EatFast.Identity.Data;
using EatFast.Identity.Data.Protection;
using EatFast.Identity.Domain;
using EatFast.Messaging;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Identity;

/// <summary>Whom a code is for: the address in the clear and as looked up, and the account it belongs to or the guest who names it.</summary>
internal sealed record CodeRecipient(string Channel, string Address, byte[] AddressIndex, User? User, GuestSession? Guest = null)
{
    public const string Email = "email";
    public const string Sms = "sms";

    /// <summary>The language of whoever gets the message; null when nobody does.</summary>
    public string? Language => User?.Language ?? Guest?.Language;

    /// <summary>True when the account has proven that it is reached there.</summary>
    public bool IsProven => User is { } user && (Channel == Email ? user.EmailVerified : user.PhoneVerified);

    /// <summary>
    /// A code opens an account only where it was proven to be reached: anybody can register with somebody else's number. Else the
    /// address is treated as nobody's, so no message is paid for and nothing is told.
    /// </summary>
    public CodeRecipient For(string purpose) =>
        IsProven || purpose == CodePurpose.Verification || (purpose == CodePurpose.ResetPassword && Channel == Email)
            ? this : this with { User = null };
}

/// <summary>Issues one-time codes and checks them; an address of nobody gets a row as well, but no message.</summary>
internal sealed class SecurityCodes(IdentityDbContext db, CodeVault vault, SmsBudget budget, TimeProvider clock)
{
    private static readonly TimeSpan Short = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Long = TimeSpan.FromHours(24);

    public static TimeSpan LifetimeOf(string purpose, string channel) =>
        purpose switch
        {
            CodePurpose.Verification when channel == CodeRecipient.Email => Long,
            CodePurpose.ResetPassword => TimeSpan.FromMinutes(15),
            _ => Short
        };

    /// <summary>
    /// Sends a fresh code, which ends the older one. Refuses with CODE_LIMIT_REACHED after three in ten minutes or ten in a
    /// day to one address (three in a day for passwords), whether or not it belongs to anybody, and when the caller's network has
    /// used up its day's text messages.
    /// </summary>
    public async Task<OneTimeCode> IssueAsync(string purpose, CodeRecipient recipient, CancellationToken ct)
    {
        // Or within the caller's, where the code belongs to what is saved there.
        await using var transaction = db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync(ct) : null;
        await db.TakeTurnAsync(recipient.AddressIndex, ct);
        var now = clock.GetUtcNow();
        await RequireQuotaAsync(purpose, recipient, now, ct);
        if (recipient.Channel == CodeRecipient.Sms)
            await budget.RequireAsync(now, ct);
        var guestId = recipient.Guest?.Id;
        // A guest's code is ended by that guest alone: who also knows the number cannot take the code away.
        await db.Codes
            .Where(code => code.AddressIndex == recipient.AddressIndex && code.Purpose == purpose && code.EndedAt == null)
            .Where(code => code.GuestId == guestId)
            .ExecuteUpdateAsync(code => code.SetProperty(row => row.EndedAt, now), ct);
        var issued = Stage(purpose, recipient, now);
        await db.SaveChangesAsync(ct);
        if (transaction is not null)
            await transaction.CommitAsync(ct);
        return issued;
    }

    /// <summary>Adds a code to what the caller is about to save.</summary>
    public OneTimeCode Stage(string purpose, CodeRecipient recipient, DateTimeOffset now)
    {
        var id = Guid.CreateVersion7(now);
        var secret = CodeVault.NewCode();
        var token = recipient.Channel == CodeRecipient.Email ? RefreshToken.NewSecret() : null;
        var issued = OneTimeCode.Issue(
            id, recipient.User?.Id, purpose, recipient.Channel, recipient.AddressIndex, vault.HashOf(id, secret),
            token is null ? null : RefreshToken.HashOf(token), LifetimeOf(purpose, recipient.Channel), now,
            recipient is { Channel: CodeRecipient.Sms, Language: not null } ? budget.Range() : null, recipient.Guest?.Id);
        db.Add(issued);
        if (recipient.Language is { } language)
            db.Announce(new CodeIssued(
                id, recipient.User?.Id, purpose, recipient.Channel,
                vault.Seal(recipient.Address, "address", id), vault.Seal(secret, "code", id),
                token is null ? null : vault.Seal(token, "token", id), language, issued.ExpiresAt, now), about: id, now);
        return issued;
    }

    /// <summary>The open code of this address, when these are its digits; a wrong try is counted at once.</summary>
    public Task<OneTimeCode?> CheckAsync(string purpose, byte[] addressIndex, string code, CancellationToken ct) => JudgeAsync(
        db.Codes.FromSql($"""
            SELECT * FROM identity.one_time_codes
            WHERE address_index = {addressIndex} AND purpose = {purpose} AND ended_at IS NULL
            ORDER BY issued_at DESC LIMIT 1 FOR UPDATE
            """),
        row => row.Accepts(vault.HashOf(row.Id, code), clock.GetUtcNow()), ct);

    /// <summary>The same for a guest; another session's code is not found, and loses no try.</summary>
    public Task<OneTimeCode?> CheckOfGuestAsync(Guid guestId, byte[] addressIndex, string code, CancellationToken ct) => JudgeAsync(
        db.Codes.FromSql($"""
            SELECT * FROM identity.one_time_codes
            WHERE address_index = {addressIndex} AND purpose = {CodePurpose.GuestPhone} AND guest_id = {guestId} AND ended_at IS NULL
            ORDER BY issued_at DESC LIMIT 1 FOR UPDATE
            """),
        row => row.Accepts(vault.HashOf(row.Id, code), clock.GetUtcNow()), ct);

    /// <summary>The same by the long token of a link.</summary>
    public Task<OneTimeCode?> CheckTokenAsync(string purpose, string token, CancellationToken ct)
    {
        var hash = RefreshToken.HashOf(token);
        return JudgeAsync(
            db.Codes.FromSql($"SELECT * FROM identity.one_time_codes WHERE token_hash = {hash} AND purpose = {purpose} FOR UPDATE"),
            row => row.IsOpen(clock.GetUtcNow()), ct);
    }

    /// <summary>Uses a checked code up, in the caller's transaction; false when another request was faster.</summary>
    public async Task<bool> SpendAsync(OneTimeCode code, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        return await db.Codes.Where(row => row.Id == code.Id && row.EndedAt == null)
            .ExecuteUpdateAsync(row => row.SetProperty(r => r.EndedAt, now), ct) == 1;
    }

    private async Task<OneTimeCode?> JudgeAsync(IQueryable<OneTimeCode> query, Func<OneTimeCode, bool> accepts, CancellationToken ct)
    {
        // Within a caller's transaction that is given up the count is too: there something else counts the tries.
        await using var transaction = db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync(ct) : null;
        var code = (await query.ToListAsync(ct)).SingleOrDefault();
        var isAccepted = code is not null && accepts(code);
        await db.SaveChangesAsync(ct);
        if (transaction is not null)
            await transaction.CommitAsync(ct);
        return isAccepted && (code!.UserId ?? code.GuestId) is not null ? code : null;
    }

    private async Task RequireQuotaAsync(string purpose, CodeRecipient recipient, DateTimeOffset now, CancellationToken ct)
    {
        var yesterday = now - TimeSpan.FromDays(1);
        var recent = await db.Codes
            .Where(code => code.AddressIndex == recipient.AddressIndex && code.IssuedAt > yesterday)
            .OrderByDescending(code => code.IssuedAt)
            .Select(code => new { code.Purpose, code.IssuedAt })
            .Take(10)
            .ToListAsync(ct);
        var resets = recent.Where(code => code.Purpose == CodePurpose.ResetPassword).ToList();
        var over = recent.Count >= 3 && recent[2].IssuedAt > now - TimeSpan.FromMinutes(10) ? recent[2].IssuedAt.AddMinutes(10)
            : recent.Count >= 10 ? recent[9].IssuedAt.AddDays(1)
            : purpose == CodePurpose.ResetPassword && resets.Count >= 3 ? resets[2].IssuedAt.AddDays(1)
            : (DateTimeOffset?)null;
        if (over is { } again)
            throw new RuleViolatedException("CODE_LIMIT_REACHED", ("retryAfter", (int)Math.Ceiling((again - now).TotalSeconds)));
    }
}
