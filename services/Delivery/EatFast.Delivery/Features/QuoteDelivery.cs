using EatFast.Delivery.Domain;

namespace EatFast.Delivery.Features;

/// <summary>What the way costs and how long it takes, before there is an order; refuses beyond the longest way that is ridden.</summary>
internal static class QuoteDelivery
{
    internal static (long FeeXaf, Trip Trip) Handle(GeoPoint from, GeoPoint to, long baseFeeXaf, DispatchRules rules)
    {
        var trip = rules.TripBetween(from, to);
        return (rules.FeeXaf(trip, baseFeeXaf), trip);
    }
}
