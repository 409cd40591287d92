using EatFast.Identity.Contracts;
using EatFast.Identity.Credentials;
using EatFast.Security;
using EatFast.Testing;

namespace EatFast.AuthorizationTests;

/// <summary>The tokens of everybody in the table, good and forged.</summary>
internal sealed class Principals(SigningKeys keys, TimeProvider clock)
{
    // Made once: some forgeries need a key of their own.
    private readonly Dictionary<string, string?> _tokens = [];

    public string? TokenOf(string principal)
    {
        lock (_tokens)
            return _tokens.TryGetValue(principal, out var known) ? known : _tokens[principal] = Issue(principal);
    }

    private string? Issue(string principal) => principal switch
    {
        "anonymous" or "guest" => null,
        "expired" or "tampered" => For(DemoAccounts.Customer).All[principal == "expired" ? "expired" : "with a changed role"],
        "wrong-audience" => For(DemoAccounts.Customer).All["for another audience"],
        "customer-owner" => For(DemoAccounts.Customer).Good(Roles.Customer),
        "restaurant-own" => For(DemoAccounts.Owner).Good(Roles.RestaurantOwner),
        "driver-assigned" => For(DemoAccounts.Driver).Good(Roles.DeliveryAgent),
        "driver-other" => For(DemoAccounts.Driver2).Good(Roles.DeliveryAgent),
        "admin" => For(DemoAccounts.Admin).Good(Roles.Admin),
        "customer-other" => For(Guid.CreateVersion7(clock.GetUtcNow())).Good(Roles.Customer),
        "restaurant-other" => For(Guid.CreateVersion7(clock.GetUtcNow())).Good(Roles.RestaurantOwner),
        _ => For(Guid.CreateVersion7(clock.GetUtcNow())).Good(principal)
    };

    /// <summary>Somebody else with the same role, whom nobody else plays.</summary>
    public string? TokenOfAnother(string principal) => principal.Split('-')[0] switch
    {
        "customer" => For(Guid.NewGuid()).Good(Roles.Customer),
        "restaurant" => For(Guid.NewGuid()).Good(Roles.RestaurantOwner),
        "driver" => For(Guid.NewGuid()).Good(Roles.DeliveryAgent),
        "admin" or "support" => For(Guid.NewGuid()).Good(principal),
        _ => TokenOf(principal)
    };

    private ForgedTokens For(Guid userId) => new(keys.Current.ECDsa, keys.Current.KeyId, userId, clock.GetUtcNow());
}
