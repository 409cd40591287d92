using EatFast.Errors;
using static EatFast.Ordering.Domain.ActorKind;
using static EatFast.Ordering.Domain.OrderStatus;

namespace EatFast.Ordering.Domain;

/// <summary>One legal step and who may take it; some steps wait until the money is known good.</summary>
public sealed record OrderTransition(string From, string To, IReadOnlyList<string> Actors, bool NeedsRelease = false, bool IsPickup = false);

/// <summary>The whole life of an order as a table; HTTP, messages and timers all go through it.</summary>
public static class OrderTransitions
{
    public static IReadOnlyList<OrderTransition> All { get; } =
    [
        new(Pending, Confirmed, [Restaurant, Admin], NeedsRelease: true),
        new(Pending, Rejected, [Restaurant, Admin], NeedsRelease: true),
        new(Pending, Cancelled, [Customer, Admin, Platform]),
        new(Pending, Expired, [Platform]),
        new(Confirmed, Preparing, [Restaurant, Admin, Platform]),
        new(Confirmed, Cancelled, [Customer, Admin]),
        new(Preparing, Ready, [Restaurant, Admin, Platform]),
        new(Preparing, Cancelled, [Customer, Admin]),
        new(Ready, PickedUp, [Driver]),
        new(Ready, Cancelled, [Admin]),
        // The customer came for it; for an order that a driver carries this step does not exist.
        new(Ready, Delivered, [Restaurant, Admin], IsPickup: true),
        new(PickedUp, InTransit, [Driver]),
        new(PickedUp, Cancelled, [Admin]),
        new(InTransit, Delivered, [Driver]),
        new(InTransit, Cancelled, [Admin]),
        // Eaten food cannot be cancelled, money then goes back as a refund; a rating or a day's silence completes the order.
        new(Delivered, Completed, [Platform])
    ];

    public static bool Allows(string from, string to, string actor, bool isPickup = false) => Match(from, to, actor, isPickup) is not null;

    /// <summary>Refuses with INSUFFICIENT_PERMISSIONS (never this actor) or ORDER_TRANSITION_NOT_ALLOWED (not from here).</summary>
    public static OrderTransition Require(string from, string to, string actor, bool isPickup = false)
    {
        if (Match(from, to, actor, isPickup) is { } transition)
            return transition;
        var towards = All.Where(step => step.To == to && (isPickup || !step.IsPickup)).ToList();
        throw towards.Count > 0 && !towards.Exists(step => step.Actors.Contains(actor))
            ? new RuleViolatedException("INSUFFICIENT_PERMISSIONS")
            : new RuleViolatedException("ORDER_TRANSITION_NOT_ALLOWED", ("from", from), ("to", to));
    }

    private static OrderTransition? Match(string from, string to, string actor, bool isPickup) => All.FirstOrDefault(step =>
        step.From == from && step.To == to && step.Actors.Contains(actor) && (isPickup || !step.IsPickup));
}
