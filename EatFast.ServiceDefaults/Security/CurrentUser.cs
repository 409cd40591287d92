using System.Security.Claims;
using Microsoft.AspNetCore.Http;

namespace EatFast.Security;

/// <summary>Who is calling, taken from the verified token; a handler names it as a parameter.</summary>
public sealed record CurrentUser(Guid Id, string Role)
{
    public bool IsAdmin => Role == Roles.Admin;

    public static ValueTask<CurrentUser?> BindAsync(HttpContext context) => ValueTask.FromResult(From(context.User));

    public static CurrentUser? From(ClaimsPrincipal principal) =>
        Guid.TryParse(principal.FindFirstValue("sub"), out var id) && principal.FindFirstValue("role") is { } role
            ? new CurrentUser(id, role)
            : null;
}
