using EatFast.Payments.Clients;
using EatFast.Security;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authorization;

namespace EatFast.Payments;

/// <summary>Who pays for orders: customers, and guests by their session; what is said of an order is said to its own payer only.</summary>
internal static class Payers
{
    public const string Guest = "guest";
    public const string Only = "Payer";
    public const string OrAnybodyKnown = "PayerOrAnybodyKnown";

    public static void AddPayers(this WebApplicationBuilder builder)
    {
        builder.Services.AddAuthentication().AddScheme<AuthenticationSchemeOptions, GuestSessions>(GuestSessions.Name, null);
        builder.Services.AddAuthorizationBuilder()
            .AddPolicy(Only, policy => Known(policy).RequireRole(Roles.Customer, Guest))
            .AddPolicy(OrAnybodyKnown, policy => Known(policy));
    }

    public static bool IsGuest(this CurrentUser user) => user.Role == Guest;

    private static AuthorizationPolicyBuilder Known(AuthorizationPolicyBuilder policy) =>
        policy.AddAuthenticationSchemes(JwtBearerDefaults.AuthenticationScheme, GuestSessions.Name).RequireAuthenticatedUser();
}
