using System.ComponentModel.DataAnnotations;
using EatFast.Http;
using EatFast.Identity.Domain;
using EatFast.Identity.Input;
using Microsoft.AspNetCore.Http.HttpResults;

namespace EatFast.Identity.Features;

public sealed record ForgotPasswordRequest([property: Required, Email] string? Email);

/// <summary>Sends a code and a link to choose a new password; whether the address has an account is never told.</summary>
internal static class ForgotPassword
{
    public static void Map(IEndpointRouteBuilder auth) => auth
        .MapPost("/forgot-password", Handle)
        .WithName(nameof(ForgotPassword))
        .WithSummary("Ask for a new password")
        .AllowAnonymous();

    internal static async Task<Ok<Envelope<CodeSent>>> Handle(
        ForgotPasswordRequest request, Recipients recipients, SecurityCodes codes, CancellationToken ct)
    {
        var issued = await codes.IssueAsync(CodePurpose.ResetPassword, await recipients.OfEmailAsync(request.Email!, ct), ct);
        return Answer.Ok(CodeSent.Of(issued));
    }
}
