using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using EatFast.Errors;
using EatFast.Http;
using EatFast.Identity.Data.Protection;
using EatFast.Identity.Domain;
using EatFast.Security;

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

/// <summary>With the account for whoever is signed in to it.</summary>
internal sealed record CodeChecked(
    bool Verified, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] UserView? User = null);

/// <summary>
/// Takes the six digits. Those for signing in do so, for five minutes and where the account is proven to be reached; those that prove an
/// address, which live for a day, only do that. For a new password they are looked at: the call that sets it shows them again.
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
        VerifyOtpRequest request, HttpContext http, Recipients recipients, SecurityCodes codes, AddressProof proof, PersonalDataVault vault,
        Entrance entrance, CancellationToken ct)
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
        if (purpose == CodePurpose.Verification)
        {
            var caller = CurrentUser.From(http.User);
            var proven = await proof.AcceptAsync(code, caller, ct);
            return Answer.Ok(new CodeChecked(true, caller?.Id == proven.Id ? UserView.Of(proven, vault) : null));
        }
        if (!await codes.SpendAsync(code, ct))
            throw new RuleViolatedException("INVALID_CODE");
        return await entrance.EnterAsync(code.UserId!.Value, code.Channel, http, (user, _) => EnsureStillThere(user, code), ct);
    }

    // The number may have gone to another account since.
    private static void EnsureStillThere(User user, OneTimeCode code)
    {
        var (index, isProven) = code.Channel == CodeRecipient.Email ? (user.EmailIndex, user.EmailVerified) : (user.PhoneIndex, user.PhoneVerified);
        if (!isProven || !index.AsSpan().SequenceEqual(code.AddressIndex))
            throw new RuleViolatedException("INVALID_CODE");
    }
}
