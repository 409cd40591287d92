using EatFast.Errors;
using EatFast.Http;
using EatFast.Identity.Data;
using EatFast.Identity.Data.Protection;
using EatFast.Security;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Identity.Features;

/// <summary>One's own account, under two paths: the mobile client expects it at /auth/me and there once more below <c>user</c>.</summary>
internal static class GetProfile
{
    public static void Map(IEndpointRouteBuilder auth, IEndpointRouteBuilder users)
    {
        auth.MapGet("/me", HandleMe).WithName("GetMe").WithSummary("The signed-in account");
        users.MapGet("/profile", Handle).WithName(nameof(GetProfile)).WithSummary("The signed-in account");
    }

    internal static async Task<Ok<Envelope<UserView>>> Handle(
        CurrentUser caller, IdentityDbContext db, PersonalDataVault vault, CancellationToken ct) =>
        Answer.Ok(await FindAsync(caller, db, vault, ct));

    internal static async Task<Ok<Envelope<UserView>>> HandleMe(
        CurrentUser caller, IdentityDbContext db, PersonalDataVault vault, CancellationToken ct)
    {
        var view = await FindAsync(caller, db, vault, ct);
        return Answer.Ok(view with { User = view });
    }

    private static async Task<UserView> FindAsync(CurrentUser caller, IdentityDbContext db, PersonalDataVault vault, CancellationToken ct)
    {
        var user = await db.Users.AsNoTracking().SingleOrDefaultAsync(user => user.Id == caller.Id && user.ErasedAt == null, ct)
            ?? throw new RuleViolatedException("USER_NOT_FOUND");
        return UserView.Of(user, vault);
    }
}
