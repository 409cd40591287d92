using System.ComponentModel.DataAnnotations;
using EatFast.Errors;

namespace EatFast.Delivery.Domain;

/// <summary>The figures of the operation (configuration section Delivery): who is offered what, how far, for how much, how fast.</summary>
public sealed record DispatchRules
{
    [Range(0.1, 500)]
    public double OfferRadiusKm { get; init; } = 10;

    /// <summary>How long a driver is asked before the next one is.</summary>
    public TimeSpan OfferLease { get; init; } = TimeSpan.FromSeconds(45);

    /// <summary>How soon to look again when no driver was free.</summary>
    public TimeSpan OfferRetry { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>When true, only the driver who is being asked can see and take the delivery; else anybody may be quicker.</summary>
    public bool ExclusiveOffers { get; init; }

    /// <summary>How long ready food may wait without a driver before operators are called.</summary>
    public TimeSpan NoDriverAlert { get; init; } = TimeSpan.FromMinutes(20);

    [Range(0.1, 500)]
    public double MaxKm { get; init; } = 15;

    /// <summary>Streets are longer than the crow's flight.</summary>
    [Range(1, 5)]
    public double RoadFactor { get; init; } = 1.3;

    [Range(1, 120)]
    public double SpeedKmPerHour { get; init; } = 20;

    [Range(0, 120)]
    public int HandoverMinutes { get; init; } = 5;

    [Range(0, 100)]
    public double IncludedKm { get; init; } = 3;

    [Range(0, 100_000)]
    public long FeePerKmXaf { get; init; } = 100;

    [Range(1, 100_000)]
    public long FeeStepXaf { get; init; } = 50;

    public int RoadMetres(GeoPoint from, GeoPoint to) => (int)Math.Round(from.MetresTo(to) * RoadFactor);

    public int RideMinutes(int metres) => (int)Math.Ceiling(metres / 1000.0 / SpeedKmPerHour * 60);

    public Trip TripBetween(GeoPoint from, GeoPoint to)
    {
        var metres = RoadMetres(from, to);
        return new(metres, RideMinutes(metres) + HandoverMinutes);
    }

    /// <summary>
    /// Each kilometre that is begun beyond the included ones costs; the sum is rounded up.
    /// Refuses with DELIVERY_AREA_NOT_COVERED.
    /// </summary>
    public long FeeXaf(Trip trip, long baseFeeXaf)
    {
        if (trip.Metres > MaxKm * 1000)
            throw new RuleViolatedException("DELIVERY_AREA_NOT_COVERED", ("maxKm", MaxKm));
        var begunKm = (long)Math.Ceiling(Math.Max(0, trip.Metres / 1000.0 - IncludedKm));
        var fee = baseFeeXaf + begunKm * FeePerKmXaf;
        return (fee + FeeStepXaf - 1) / FeeStepXaf * FeeStepXaf;
    }
}

/// <summary>How far by road, and how long including the hand-over.</summary>
public readonly record struct Trip(int Metres, int Minutes);
