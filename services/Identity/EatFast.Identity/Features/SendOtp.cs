using System.ComponentModel.DataAnnotations;
using EatFast.Http;
using EatFast.Identity.Domain;
using EatFast.Identity.Input;
using Microsoft.AspNetCore.Http.HttpResults;

namespace EatFast.Identity.Features;

public sealed record SendOtpRequest(
    [property: Required, StringLength(254)] string? Destination,
    [property: AllowedValues("login", "register", "resetPassword", "verification", null)] string? Type,
    [property: AllowedValues("email", "sms", null)] string? Method) : IValidatableObject
{
    internal string Purpose => Type switch
    {
        "register" or "verification" => CodePurpose.Verification,
        "resetPassword" => CodePurpose.ResetPassword,
        _ => CodePurpose.Login
    };

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        var isEmail = Destination?.Contains('@', StringComparison.Ordinal) == true;
        ValidationAttribute rule = isEmail ? new EmailAttribute() : new PhoneNumberAttribute();
        if (!rule.IsValid(Destination))
            yield return new("The field destination must be an e-mail address or a phone number.", ["destination"]);
        else if (Method is not null && isEmail != (Method == "email"))
            yield return new("The field method does not fit the destination.", ["method"]);
    }
}

public sealed record PhoneLoginRequest(
    [property: Required, PhoneNumber] string? Phone,
    [property: StringLength(5)] string? CountryCode);

/// <summary>Sends six digits to sign in with, to prove an address or to choose a password; nobody learns whether it is anyone's.</summary>
internal static class SendOtp
{
    public static void Map(IEndpointRouteBuilder auth)
    {
        auth.MapPost("/send-otp", Handle).WithName(nameof(SendOtp)).WithSummary("Send a one-time code").AllowAnonymous();
        auth.MapPost("/phone-login", HandlePhone)
            .WithName("PhoneLogin").WithSummary("Send a code to sign in with (older name)").AllowAnonymous();
    }

    internal static async Task<Ok<Envelope<CodeSent>>> Handle(
        SendOtpRequest request, Recipients recipients, SecurityCodes codes, CancellationToken ct)
    {
        var recipient = await recipients.FindAsync(request.Destination!, ct);
        return Answer.Ok(CodeSent.Of(await codes.IssueAsync(request.Purpose, recipient!.For(request.Purpose), ct)));
    }

    internal static async Task<Ok<Envelope<CodeSent>>> HandlePhone(
        PhoneLoginRequest request, Recipients recipients, SecurityCodes codes, CancellationToken ct)
    {
        var recipient = await recipients.OfPhoneAsync(request.Phone!, ct);
        return Answer.Ok(CodeSent.Of(await codes.IssueAsync(CodePurpose.Login, recipient.For(CodePurpose.Login), ct)));
    }
}
