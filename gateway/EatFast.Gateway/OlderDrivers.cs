using EatFast.Security;

namespace EatFast.Gateway;

/// <summary>The older driver paths name the driver: the token says who it is, and a path that names somebody else is refused.</summary>
internal static class OlderDrivers
{
    private const string Policy = "driver-in-path";

    public static void AddOlderDrivers(this WebApplicationBuilder builder) => builder.Services.AddAuthorizationBuilder()
        .AddPolicy(Policy, policy => policy.RequireAuthenticatedUser().RequireAssertion(context =>
            context.Resource is HttpContext http
            && Guid.TryParse(http.GetRouteValue("driverId") as string, out var named)
            && CurrentUser.From(context.User)?.Id == named));
}
