using System.ComponentModel.DataAnnotations;
using EatFast.Errors;
using EatFast.Http;
using EatFast.Identity.Credentials;
using EatFast.Identity.Data.Protection;
using EatFast.Security;
using Microsoft.AspNetCore.Http.HttpResults;

namespace EatFast.Identity.Features;

public sealed record EnableTotpRequest([property: Required, RegularExpression(@"\s*\d{6}\s*")] string? Code);

internal sealed record TotpSecret(string Secret, string QrCodeUrl, IReadOnlyList<string> BackupCodes);

/// <summary>
/// An authenticator app in two steps: a secret is proposed (with backup codes, the only time they are shown), and counts once a
/// code of it was given. An account that has a second factor already needs a fresh one, or a thief would bring his own app.
/// </summary>
internal static class SetUpTotp
{
    public static void Map(IEndpointRouteBuilder factors)
    {
        foreach (var name in new[] { "setup", "regenerate" })
            factors.MapPost($"/totp/{name}", Handle).WithName($"Totp_{name}").WithSummary("Propose a secret for an authenticator app");
        factors.MapPost("/totp/enable", HandleEnable).WithName("EnableTotp").WithSummary("Switch the authenticator app on");
    }

    internal static async Task<Ok<Envelope<TotpSecret>>> Handle(
        CurrentUser caller, PersonalDataVault vault, SecondFactors factors, TwoFactorChange change, CancellationToken ct)
    {
        var (secret, uri) = ("", "");
        IReadOnlyList<string> codes = [];
        await change.WeakenAsync(async (factor, user) =>
        {
            secret = factors.Propose(factor, user);
            uri = Totp.UriOf(secret, vault.Open(user).Email);
            codes = await factors.RenewBackupCodesAsync(caller.Id, ct);
        }, "totp-proposed", ct);
        return Answer.Ok(new TotpSecret(secret, uri, codes));
    }

    internal static async Task<Ok<Envelope<ChangedView>>> HandleEnable(
        EnableTotpRequest request, SecondFactors factors, TwoFactorChange change, CancellationToken ct) =>
        await change.StrengthenAsync((factor, user) =>
        {
            if (!factors.Accept(factor, user, request.Code!.Trim()))
                throw new RuleViolatedException("INVALID_CODE");
        }, "totp", ct);
}
