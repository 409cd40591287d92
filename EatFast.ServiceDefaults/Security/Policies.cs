using Microsoft.AspNetCore.Authorization;

namespace EatFast.Security;

/// <summary>The roles of the contract, as they stand in tokens and in users.role.</summary>
public static class Roles
{
    public const string Customer = "customer";
    public const string RestaurantOwner = "restaurant_owner";
    public const string DeliveryAgent = "delivery_agent";
    public const string Admin = "admin";
}

/// <summary>Authorization policies; a route that names none needs a signed-in user (deny by default).</summary>
public static class Policies
{
    public const string Customer = nameof(Customer);
    public const string Restaurant = nameof(Restaurant);
    public const string Driver = nameof(Driver);
    public const string Admin = nameof(Admin);

    internal static void Add(AuthorizationOptions options)
    {
        options.FallbackPolicy = new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build();
        options.AddPolicy(Customer, policy => policy.RequireRole(Roles.Customer));
        options.AddPolicy(Restaurant, policy => policy.RequireRole(Roles.RestaurantOwner, Roles.Admin));
        options.AddPolicy(Driver, policy => policy.RequireRole(Roles.DeliveryAgent));
        options.AddPolicy(Admin, policy => policy.RequireRole(Roles.Admin));
    }
}
