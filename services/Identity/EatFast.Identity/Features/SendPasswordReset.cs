using EatFast.Errors;
using EatFast.Http;
using EatFast.Identity.Data;
using EatFast.Identity.Data.Protection;
using EatFast.Identity.Domain;
using EatFast.Security;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Identity.Features;

/// <summary>An administrator has somebody choose a new password by a code in the mailbox: no operator ever knows a password.</summary>
internal static class SendPasswordReset
{
    public static void Map(IEndpointRouteBuilder admin) => admin
        .MapPost("/{userId:guid}/reset-password", Handle)
        .WithName(nameof(SendPasswordReset))
        .WithSummary("Send somebody a code for a new password (operators)");

    internal static async Task<Accepted<Envelope<CodeSent>>> Handle(
        Guid userId, CurrentUser admin, IdentityDbContext db, PersonalDataVault vault, SecurityCodes codes, TimeProvider clock,
        CancellationToken ct)
    {
        var user = await db.Users.SingleOrDefaultAsync(row => row.Id == userId, ct) ?? throw new RuleViolatedException("USER_NOT_FOUND");
        db.RecordAction(admin, "user.password_reset_sent", "user", userId, clock.GetUtcNow());
        var recipient = new CodeRecipient(CodeRecipient.Email, vault.Open(user).Email, user.EmailIndex, user);
        return Answer.Accepted(CodeSent.Of(await codes.IssueAsync(CodePurpose.ResetPassword, recipient, ct)));
    }
}
