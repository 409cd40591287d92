using System.Security.Cryptography;
using EatFast.Identity.Credentials;
using EatFast.Identity.Data;
using EatFast.Identity.Data.Protection;
using EatFast.Identity.Domain;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Identity;

/// <summary>Judges second factors. The account has to be locked, so that no code is good twice.</summary>
internal sealed class SecondFactors(
    IdentityDbContext db, PersonalDataVault vault, CodeVault codeVault, SecurityCodes codes, TimeProvider clock)
{
    private const string Letters = "ABCDEFGHJKMNPQRSTUVWXYZ23456789";

    public async Task<TwoFactor?> FindAsync(Guid userId, CancellationToken ct) => await db.TwoFactors.FindAsync([userId], ct);

    public async Task<TwoFactor> FindOrAddAsync(Guid userId, CancellationToken ct)
    {
        if (await FindAsync(userId, ct) is { } known)
            return known;
        var added = TwoFactor.Of(userId);
        db.Add(added);
        return added;
    }

    public string Propose(TwoFactor factor, User user)
    {
        var secret = Totp.NewSecret();
        factor.ProposeTotp(vault.SealText(secret, user, "two_factors", "totp_secret", factor.UserId));
        return secret;
    }

    /// <summary>True when this is a code of the secret that was proposed, which then counts.</summary>
    public bool Accept(TwoFactor factor, User user, string code)
    {
        if (factor.PendingTotpSecret is not { } pending || StepOf(factor, user, pending, code) is not { } step)
            return false;
        factor.EnableTotp(step);
        return true;
    }

    public async Task<bool> IsRightAsync(TwoFactor factor, User user, string method, string code, CancellationToken ct) => method switch
    {
        FactorMethod.Totp => factor.TotpSecret is { } secret && TakeStep(factor, StepOf(factor, user, secret, code)),
        FactorMethod.Sms => factor.SmsEnabled && await TakeSentAsync(user.PhoneIndex, code, ct),
        FactorMethod.Email => factor.EmailEnabled && await TakeSentAsync(user.EmailIndex, code, ct),
        FactorMethod.BackupCode => factor.IsEnabled && await TakeBackupAsync(user.Id, code, ct),
        _ => false
    };

    /// <summary>Ten new codes in the clear; the old ones are void.</summary>
    public async Task<IReadOnlyList<string>> RenewBackupCodesAsync(Guid userId, CancellationToken ct)
    {
        await db.BackupCodes.Where(code => code.UserId == userId).ExecuteDeleteAsync(ct);
        var now = clock.GetUtcNow();
        var fresh = Enumerable.Range(0, BackupCode.PerUser).Select(_ => RandomNumberGenerator.GetString(Letters, 10)).ToList();
        db.AddRange(fresh.Select(code => BackupCode.Of(Guid.CreateVersion7(now), userId, codeVault.HashOf(userId, code))));
        return fresh;
    }

    private async Task<bool> TakeSentAsync(byte[] addressIndex, string code, CancellationToken ct) =>
        await codes.CheckAsync(CodePurpose.SecondFactor, addressIndex, code, ct) is { } sent && await codes.SpendAsync(sent, ct);

    private async Task<bool> TakeBackupAsync(Guid userId, string code, CancellationToken ct)
    {
        var (hash, now) = (codeVault.HashOf(userId, code.Trim().ToUpperInvariant()), clock.GetUtcNow());
        return await db.BackupCodes.Where(row => row.UserId == userId && row.Hash == hash && row.UsedAt == null)
            .ExecuteUpdateAsync(row => row.SetProperty(r => r.UsedAt, now), ct) == 1;
    }

    private long? StepOf(TwoFactor factor, User user, string sealedSecret, string code) => Totp.Match(
        vault.OpenText(sealedSecret, user, "two_factors", "totp_secret", factor.UserId), code, factor.LastTotpStep, clock.GetUtcNow());

    private static bool TakeStep(TwoFactor factor, long? step)
    {
        if (step is not { } used)
            return false;
        factor.UseTotpStep(used);
        return true;
    }
}
