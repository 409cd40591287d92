using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using EatFast.Errors;
using EatFast.Http;
using EatFast.Identity.Domain;

namespace EatFast.Identity.Features;

public sealed record VerifyOtpRequest(
    [property: Required, StringLength(254)] string? Destination,
    [property: Required, RegularExpression(@"\s*\d{6}\s*")] string? Code,
    [property: AllowedValues("login", "register", "resetPassword", "verification", null)] string? Type,
    Guid? OtpId)
{
    [JsonPropertyName("phone")]
    public string? PhoneAlias { init => Destination ??= value; }

    [JsonPropertyName("otpCode")]
    public string? CodeAlias { init => Code ??= value; }
}

internal sealed record CodeChecked(bool Verified);

/// <summary>
/// Takes the six digits. They sign in, and prove the address they went to; for a new password they are only looked at, because
/// the call that sets it has to show them again.
/// </summary>
internal static class VerifyOtp
{
    public static void Map(IEndpointRouteBuilder auth) => auth
        .MapPost("/verify-otp", Handle)
        .WithName(nameof(VerifyOtp))
        .WithSummary("Show a one-time code")
        .Produces<Envelope<AuthAnswer>>()
        .AllowAnonymous();

    internal static async Task<IResult> Handle(
        VerifyOtpRequest request, HttpContext http, Recipients recipients, SecurityCodes codes, SignInGuard guard, Entrance entrance,
        CancellationToken ct)
    {
        var recipient = await recipients.FindAsync(request.Destination!, ct) ?? throw new RuleViolatedException("INVALID_CODE");
        var purpose = request.Type switch
        {
            "register" or "verification" => CodePurpose.Verification,
            "resetPassword" => CodePurpose.ResetPassword,
            _ => CodePurpose.Login
        };
        var code = await codes.CheckAsync(purpose, recipient.AddressIndex, request.Code!.Trim(), ct);
        if (code is null || (request.OtpId is { } id && id != code.Id))
            throw new RuleViolatedException("INVALID_CODE");
        if (purpose == CodePurpose.ResetPassword)
            return Answer.Ok(new CodeChecked(true));
        if (!await codes.SpendAsync(code, ct))
            throw new RuleViolatedException("INVALID_CODE");
        return await entrance.EnterAsync(code.UserId!.Value, guard.DeviceOf(http), http, (user, now) => Prove(user, recipient, now), ct);
    }

    private static void Prove(User user, CodeRecipient recipient, DateTimeOffset now)
    {
        if (recipient.Channel == CodeRecipient.Email && !user.EmailVerified)
            user.VerifyEmail(now);
        if (recipient.Channel == CodeRecipient.Sms && !user.PhoneVerified)
            user.VerifyPhone(now);
    }
}
