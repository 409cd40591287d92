using EatFast.Http;
using EatFast.Identity.Data;
using EatFast.Identity.Domain;
using EatFast.Security;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Identity.Features;

public sealed record SetTwoFactorRequest(bool? RequireForLogin, bool? AllowTrustedDevices, bool? RequireForSensitiveActions);

internal sealed record TwoFactorConfig(
    bool IsEnabled, bool TotpEnabled, bool SmsEnabled, bool EmailEnabled, bool RequireForLogin, bool AllowTrustedDevices,
    bool RequireForSensitiveActions, IReadOnlyList<TrustedDeviceView> TrustedDevices, IReadOnlyList<string> BackupCodes,
    int BackupCodesLeft);

internal sealed record BackupCodesAnswer(IReadOnlyList<string> Codes);

/// <summary>How an account is protected; what takes protection away needs a second factor shown in the last five minutes.</summary>
internal static class ManageTwoFactor
{
    public static void Map(IEndpointRouteBuilder factors)
    {
        factors.MapGet("/config", Show).WithName("GetTwoFactorConfig").WithSummary("How my account is protected");
        factors.MapPut("/settings", Choose).WithName("SetTwoFactorSettings").WithSummary("Choose when a second factor is asked for");
        MapDisable(factors, "", "every second factor", factor => factor.DisableAll());
        MapDisable(factors, "/totp", "the authenticator app", factor => factor.DisableTotp());
        MapDisable(factors, "/sms", "codes by SMS", factor => factor.SetSms(false));
        MapDisable(factors, "/email", "codes by e-mail", factor => factor.SetEmail(false));
        // Codes rest as hashes and cannot be shown a second time: what is downloaded are new ones.
        factors.MapGet("/backup-codes/download", RenewAsync)
            .WithName("DownloadBackupCodes").WithSummary("Ten new backup codes; the old ones are void");
        foreach (var name in new[] { "generate", "regenerate" })
            factors.MapPost($"/backup-codes/{name}", RenewAsync)
                .WithName($"BackupCodes_{name}").WithSummary("Ten new backup codes; the old ones are void");
    }

    private static void MapDisable(IEndpointRouteBuilder factors, string path, string what, Action<TwoFactor> disable) => factors
        .MapPost($"{path}/disable", (TwoFactorChange change, CancellationToken ct) => change.WeakenAsync(disable, what, ct))
        .WithName($"Disable{path.Replace('/', '_')}")
        .WithSummary($"Switch {what} off");

    internal static async Task<Ok<Envelope<TwoFactorConfig>>> Show(
        CurrentUser caller, IdentityDbContext db, SecondFactors factors, TimeProvider clock, CancellationToken ct)
    {
        var factor = await factors.FindAsync(caller.Id, ct) ?? TwoFactor.Of(caller.Id);
        var left = await db.BackupCodes.CountAsync(code => code.UserId == caller.Id && code.UsedAt == null, ct);
        var devices = await TrustedDeviceView.ListAsync(db, caller.Id, clock.GetUtcNow(), ct);
        return Answer.Ok(new TwoFactorConfig(
            factor.IsEnabled, factor.TotpEnabled, factor.SmsEnabled, factor.EmailEnabled, factor.RequireForLogin,
            factor.AllowTrustedDevices, factor.RequireForSensitiveActions, devices, [], left));
    }

    internal static Task<Ok<Envelope<ChangedView>>> Choose(SetTwoFactorRequest request, TwoFactorChange change, CancellationToken ct)
    {
        var (forLogin, trusted, sensitive) = (request.RequireForLogin, request.AllowTrustedDevices, request.RequireForSensitiveActions);
        void Apply(TwoFactor factor) => factor.Choose(forLogin, trusted, sensitive);
        var weakens = forLogin == false || trusted == true || sensitive == false;
        return weakens ? change.WeakenAsync(Apply, "settings", ct) : change.StrengthenAsync(Apply, "settings", ct);
    }

    internal static async Task<Ok<Envelope<BackupCodesAnswer>>> RenewAsync(
        CurrentUser caller, SecondFactors factors, TwoFactorChange change, CancellationToken ct)
    {
        IReadOnlyList<string> codes = [];
        await change.WeakenAsync(async (_, _) => codes = await factors.RenewBackupCodesAsync(caller.Id, ct), "backup-codes", ct);
        return Answer.Ok(new BackupCodesAnswer(codes));
    }
}
