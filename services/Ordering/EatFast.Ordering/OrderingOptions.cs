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

    /// <summary>How long after the confirmation a customer may still cancel free of charge.</summary>
    public TimeSpan CancellationGrace { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>What a customer pays for cancelling later, while the kitchen works.</summary>
    [Range(0, 90)]
    public int CancellationFeePercent { get; set; } = 20;

    /// <summary>How long a quoted price is kept.</summary>
    public TimeSpan QuoteLifetime { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>What a customer's tier gives comes off the price.</summary>
    public bool TierBenefits { get; set; } = true;

    public TimerDurations Timers { get; set; } = new();

    public WatchRules Watch { get; set; } = new();

    public CancellationPolicy Cancellation => new(CancellationGrace, CancellationFeePercent);

    public Charges Charges => new(ServiceFeeXaf, TaxPercent);
}

/// <summary>How long an order waits in a stage before the platform acts.</summary>
internal sealed class TimerDurations
{
    public TimeSpan PaymentDue { get; set; } = TimeSpan.FromMinutes(15);

    public TimeSpan RestaurantSilent { get; set; } = TimeSpan.FromMinutes(10);

    public TimeSpan Completion { get; set; } = TimeSpan.FromHours(24);
}

/// <summary>How long a stage may last before the watchdog asks the neighbours what became of the order.</summary>
internal sealed class WatchRules
{
    public TimeSpan Payment { get; set; } = TimeSpan.FromMinutes(2);

    public TimeSpan Dispatch { get; set; } = TimeSpan.FromMinutes(5);

    public TimeSpan Ride { get; set; } = TimeSpan.FromMinutes(10);

    public TimeSpan Refund { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>What a timer of its own gets on top, before the watchdog sets it again.</summary>
    public TimeSpan Slack { get; set; } = TimeSpan.FromMinutes(5);

    public TimeSpan LongestPause { get; set; } = TimeSpan.FromHours(1);

    /// <summary>Answered questions without effect, after which a person has to look.</summary>
    [Range(1, 100)]
    public int Tries { get; set; } = 12;

    /// <summary>Null when nothing more is awaited of the order.</summary>
    public TimeSpan? DeadlineOf(Order order, TimerDurations timers) => order switch
    {
        { Status: OrderStatus.Completed } => null,
        _ when OrderStatus.IsStopped(order.Status) => order.HasItsMoneyBack ? null : Refund,
        { IsAwaitingItsTime: true } => order.ReleaseDueAt - order.UpdatedAt + Slack,
        { IsPickup: true, Status: OrderStatus.Confirmed or OrderStatus.Preparing or OrderStatus.Ready } => null,
        { Status: OrderStatus.Pending, IsReleased: false } => Payment,
        { Status: OrderStatus.Pending } => timers.RestaurantSilent + Slack,
        { Status: OrderStatus.Delivered } => timers.Completion + Slack,
        { Status: OrderStatus.PickedUp or OrderStatus.InTransit } => Ride,
        _ => Dispatch
    };

    /// <summary>Twice as long after each try.</summary>
    public TimeSpan PauseAfter(int tries, TimeSpan deadline) =>
        TimeSpan.FromTicks((long)Math.Min(LongestPause.Ticks, deadline.Ticks * Math.Pow(2, tries)));
}
