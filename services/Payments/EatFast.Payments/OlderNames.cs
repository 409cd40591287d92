using EatFast.Payments.Features;
using EatFast.Security;

namespace EatFast.Payments;

/// <summary>The older clients' names for the same routes. The description lists each once, and a name belongs to one route.</summary>
internal static class OlderNames
{
    public static void MapOlderNames(this IEndpointRouteBuilder app)
    {
        var older = app.MapGroup("/api/v1/client").RequireAuthorization(Policies.Customer).ExcludeFromDescription();
        ((IEndpointConventionBuilder)older).Finally(WithoutName);
        var wallet = older.MapGroup("/wallet");
        GetWallet.Map(wallet);
        ListWalletTransactions.Map(wallet);
        TopUpWallet.Map(wallet);
        WithdrawEarnings.MapOlder(wallet);
        var loyalty = older.MapGroup("/loyalty");
        ReadLoyalty.Map(loyalty);
        RedeemPoints.Map(loyalty);
    }

    private static void WithoutName(EndpointBuilder route)
    {
        foreach (var name in route.Metadata.OfType<EndpointNameMetadata>().ToList())
            route.Metadata.Remove(name);
    }
}
