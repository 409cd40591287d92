using static EatFast.Payments.Domain.RiskFeature;

namespace EatFast.Payments.Domain;

/// <summary>The rules that a new installation begins with, and those that need nothing but the order itself.</summary>
public static class BuiltInRisk
{
    private static readonly string[] Cash = [RiskMethods.Cash];
    private static readonly string[] MobileMoney = [RiskMethods.MobileMoney];
    private static readonly string[] Both = [RiskMethods.Cash, RiskMethods.MobileMoney];

    // Up to two delivered orders somebody is new: what is tight for the new is loose for those we know.
    private static readonly RiskCondition New = new(DeliveredOrders, AtMost: 2);

    private static readonly Dictionary<string, RiskBands> Bands = new()
    {
        [RiskMethods.Cash] = new(Otp: 40, Prepay: 60, Review: 90),
        [RiskMethods.MobileMoney] = new(Otp: 60, Prepay: 90, Review: 90)
    };

    public static readonly RiskRuleSet First = new("2026-11-24", Bands,
    [
        new("first_orders", "first_order", Both, 10, [New]),
        new("first_order_large", "amount", Cash, 35, [New, new(AmountXaf, AtLeast: 25_001)]),
        new("amount_large", "amount", Cash, 25, [new(AmountXaf, AtLeast: 60_001)]),
        new("orders_in_an_hour", "velocity", Cash, 30, [New, new(OrdersLastHour, AtLeast: 10)]),
        new("orders_in_a_day", "velocity", Cash, 30, [New, new(OrdersLastDay, AtLeast: 25)]),
        new("cash_orders_open", "velocity", Cash, 30, [New, new(OpenCashOrders, AtLeast: 5)]),
        new("orders_stopped", "velocity", Cash, 20, [new(StoppedOrders, AtLeast: 4)]),
        new("handover_failed", "failed_handover", Cash, 60, [new(FailedHandOvers, AtLeast: 1)]),
        new("handover_failed_again", "failed_handover", Cash, 40, [new(FailedHandOvers, AtLeast: 2)]),
        new("handover_failed_at_address", "shared_address", Cash, 30, [New, new(FailedHandOversAtAddress, AtLeast: 1)]),
        new("address_shared", "shared_address", Cash, 10, [New, new(AccountsAtAddress, AtLeast: 5)]),
        new("device_shared", "shared_device", Both, 90, [new(AccountsOnDevice, AtLeast: 3)]),
        new("phone_shared", "shared_device", Both, 30, [New, new(AccountsOnPhone, AtLeast: 4)]),
        new("phones_tried", "velocity", MobileMoney, 60, [new(NewPhones, AtLeast: 5)]),
        new("charges_failed", "velocity", MobileMoney, 60, [New, new(FailedCharges, AtLeast: 6)]),
        new("distance_long", "distance", Cash, 20, [new(DistanceMetres, AtLeast: 15_000)]),
        new("guest", "first_order", Cash, 10, [new(IsGuest, AtLeast: 1)]),
        new("fraud_confirmed", "history", Both, 90, [new(ConfirmedFrauds, AtLeast: 1)])
    ]);

    /// <summary>What holds while nothing can be looked up: everybody is new, and the amount alone decides.</summary>
    public static readonly RiskRuleSet ColdStart = new("cold-start-1", Bands,
    [
        new("first_orders", "first_order", Both, 10, [New]),
        new("first_order_large", "amount", Cash, 50, [New, new(AmountXaf, AtLeast: 25_001)])
    ]);
}
