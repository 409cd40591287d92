using System.ComponentModel.DataAnnotations;
using EatFast.Errors;
using EatFast.Http;
using EatFast.Identity.Data.Protection;
using EatFast.Identity.Domain;
using EatFast.Identity.Input;
using Microsoft.AspNetCore.Http.HttpResults;

namespace EatFast.Identity.Features;

public sealed record VerifyEmailRequest(
    [property: Email] string? Email,
    [property: RegularExpression(@"\s*\d{6}\s*")] string? Code,
    [property: StringLength(200)] string? Token) : IValidatableObject
{
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Token is null == (Email is null || Code is null))
            yield return new("Give either token, or email and code.", ["code"]);
    }
}

public sealed record ResendVerificationRequest([property: Required, Email] string? Email);

internal sealed record VerifyEmailResponse(bool EmailVerified);

/// <summary>A code or a link from the mailbox proves the address; a second code can be asked for, told nothing about the account.</summary>
internal static class VerifyEmail
{
    public static void Map(IEndpointRouteBuilder auth)
    {
        auth.MapPost("/verify-email", Handle).WithName(nameof(VerifyEmail)).WithSummary("Prove one's e-mail address").AllowAnonymous();
        auth.MapPost("/resend-verification", HandleAgain)
            .WithName("ResendVerification").WithSummary("Ask for the e-mail code again").AllowAnonymous();
    }

    internal static async Task<Ok<Envelope<VerifyEmailResponse>>> Handle(
        VerifyEmailRequest request, PersonalDataVault vault, SecurityCodes codes, AddressProof proof, CancellationToken ct)
    {
        const string purpose = CodePurpose.Verification;
        var code = await (request.Token is { } token
            ? codes.CheckTokenAsync(purpose, token, ct)
            : codes.CheckAsync(purpose, vault.EmailIndex(request.Email!), request.Code!.Trim(), ct));
        await proof.AcceptAsync(code ?? throw new RuleViolatedException("INVALID_CODE"), caller: null, ct);
        return Answer.Ok(new VerifyEmailResponse(true));
    }

    internal static async Task<Ok<Envelope<CodeSent>>> HandleAgain(
        ResendVerificationRequest request, Recipients recipients, SecurityCodes codes, CancellationToken ct)
    {
        var issued = await codes.IssueAsync(CodePurpose.Verification, await recipients.OfEmailAsync(request.Email!, ct), ct);
        return Answer.Ok(CodeSent.Of(issued));
    }
}
