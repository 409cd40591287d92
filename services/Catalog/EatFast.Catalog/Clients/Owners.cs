using EatFast.Errors;
using EatFast.Security;
using IdentityClient = EatFast.Identity.Contracts.V1.Identity.IdentityClient;

namespace EatFast.Catalog.Clients;

/// <summary>Asks Identity whether somebody may own a restaurant; throws while Identity cannot answer.</summary>
internal sealed class Owners(IdentityClient identity)
{
    /// <summary>Refuses with RESTAURANT_OWNER_UNKNOWN whoever is no restaurant owner.</summary>
    public async Task RequireAsync(Guid userId, CancellationToken ct)
    {
        if (await RoleOfAsync(userId, ct) is not (Roles.RestaurantOwner or Roles.Admin))
            throw new RuleViolatedException("RESTAURANT_OWNER_UNKNOWN");
    }

    private async Task<string?> RoleOfAsync(Guid userId, CancellationToken ct)
    {
        try
        {
            return (await identity.GetUserAsync(new() { UserId = userId.ToString() }, cancellationToken: ct)).Role;
        }
        catch (RuleViolatedException refused) when (refused.Refusal?.Status == StatusCodes.Status404NotFound)
        {
            return null;
        }
    }
}
