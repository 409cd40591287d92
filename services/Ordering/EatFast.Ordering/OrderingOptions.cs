using System.ComponentModel.DataAnnotations;
using EatFast.Ordering.Domain;

namespace EatFast.Ordering;

/// <summary>The section "Ordering" of the configuration; each value has a default.</summary>
internal sealed class OrderingOptions
{
    [Range(0, 100_000)]
    public long ServiceFeeXaf { get; set; }

    [Range(0, 100)]
    public decimal TaxPercent { get; set; }

    [Range(1, 240)]
    public int DefaultPreparationMinutes { get; set; } = 20;

    /// <summary>How long after the confirmation a customer may still cancel.</summary>
    public TimeSpan CancellationGrace { get; set; } = TimeSpan.FromMinutes(5);

    public TimerDurations Timers { get; set; } = new();

    public Charges Charges => new(ServiceFeeXaf, TaxPercent);
}

/// <summary>How long an order waits in a stage before the platform acts.</summary>
internal sealed class TimerDurations
{
    public TimeSpan PaymentDue { get; set; } = TimeSpan.FromMinutes(15);

    public TimeSpan RestaurantSilent { get; set; } = TimeSpan.FromMinutes(10);

    public TimeSpan Completion { get; set; } = TimeSpan.FromHours(24);
}
