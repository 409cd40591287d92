using EatFast.Errors;
using EatFast.Identity.Data;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Identity.Features;

internal sealed record GetUserResponse(string Role, string Status);

/// <summary>Tells a neighbour in which role and state an account is; asked over gRPC.</summary>
internal sealed class GetUser(IdentityDbContext db)
{
    public async Task<GetUserResponse> FindAsync(string userId, CancellationToken ct)
    {
        var id = Guid.TryParse(userId, out var given) ? given : Guid.Empty;
        var found = db.Users.Where(user => user.Id == id && user.ErasedAt == null).Select(user => new GetUserResponse(user.Role, user.Status));
        return await found.SingleOrDefaultAsync(ct)
            ?? throw new RuleViolatedException("USER_NOT_FOUND");
    }
}
