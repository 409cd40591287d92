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
    bool RequireForSensitiveActions, IReadOnlyList<TrustedDeviceView> TrustedDevices, IReadOnlyList<string> BackupCodes, int BackupCodesLeft);

internal sealed record BackupCodesAnswer(IReadOnlyList<string> Codes);

/// <summary>How an account is protected, and what of it to switch on and off. What takes protection away needs a factor shown in the last five minutes.</summary>
internal static class ManageTwoFactor
{
    public static void Map(IEndpointRouteBuilder factors)
    {
        factors.MapGet("/config", Show).WithName("GetTwoFactorConfig").WithSummary("How my account is protected");
        factors.MapPut("/settings", Choose).WithName("SetTwoFactorSettings").WithSummary("Choose when a second factor is asked for");
        factors.MapPost("/disable", (TwoFactorChange change, CancellationToken ct) => change.WeakenAsync(factor => factor.DisableAll(), "all", ct))
            .WithName("DisableTwoFactor").WithSummary("Switch every second factor off");
        factors.MapPost("/totp/disable", (TwoFactorChange change, CancellationToken ct) => change.WeakenAsync(factor => factor.DisableTotp(), "totp", ct))
            .WithName("DisableTotp").WithSummary("Switch the authenticator app off");
        factors.MapPost("/sms/disable", (TwoFactorChange change, CancellationToken ct) => change.WeakenAsync(factor => factor.SetSms(false), "sms", ct))
            .WithName("DisableSmsFactor").WithSummary("Switch codes by SMS off");
        factors.MapPost("/email/disable", (TwoFactorChange change, CancellationToken ct) => change.WeakenAsync(factor => factor.SetEmail(false), "email", ct))
            .WithName("DisableEmailFactor").WithSummary("Switch codes by e-mail off");
        foreach (var name in new[] { "generate", "regenerate" })
            factors.MapPost($"/backup-codes/{name}", RenewAsync).WithName($"BackupCodes_{name}").WithSummary("Ten new backup codes; the old ones are void");
    }

    internal static async Task<Ok<Envelope<TwoFactorConfig>>> Show(
        CurrentUser caller, IdentityDbContext db, SecondFactors factors, TimeProvider clock, CancellationToken ct)
    {
        var factor = await factors.FindAsync(caller.Id, ct) ?? TwoFactor.Of(caller.Id);
        var left = await db.BackupCodes.CountAsync(code => code.UserId == caller.Id && code.UsedAt == null, ct);
        var devices = await TrustedDeviceView.ListAsync(db, caller.Id, clock.GetUtcNow(), ct);
        return Answer.Ok(new TwoFactorConfig(
            factor.IsEnabled, factor.TotpEnabled, factor.SmsEnabled, factor.EmailEnabled, factor.RequireForLogin, factor.AllowTrustedDevices,
            factor.RequireForSensitiveActions, devices, [], left));
    }

    internal static Task<Ok<Envelope<ChangedView>>> Choose(SetTwoFactorRequest request, TwoFactorChange change, CancellationToken ct)
    {
        void Apply(TwoFactor factor) => factor.Choose(request.RequireForLogin, request.AllowTrustedDevices, request.RequireForSensitiveActions);
        var weakens = request.RequireForLogin == false || request.AllowTrustedDevices == true || request.RequireForSensitiveActions == false;
        return weakens ? change.WeakenAsync(Apply, "settings", ct) : change.StrengthenAsync(Apply, "settings", ct);
    }

    internal static async Task<Ok<Envelope<BackupCodesAnswer>>> RenewAsync(
        CurrentUser caller, SecondFactors factors, TwoFactorChange change, CancellationToken ct)
    {
        IReadOnlyList<string> codes = [];
        await change.WeakenAsync(async () => codes = await factors.RenewBackupCodesAsync(caller.Id, ct), "backup-codes", ct);
        return Answer.Ok(new BackupCodesAnswer(codes));
    }
}
