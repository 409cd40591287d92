namespace EatFast.Drills.Target;

/// <summary>The settings of a drill's system: business timers of minutes and hours become seconds, everything else is as it ships.</summary>
internal static class ShortTimers
{
    public static Dictionary<string, string> Settings(string state, string box, string? defect)
    {
        var settings = new Dictionary<string, string>
        {
            ["EATFAST_STATE"] = state,
            ["EATFAST_DRILLS"] = box,
            ["Gateway__Port"] = "0",
            ["Simulator__Port"] = "0",
            ["Simulator__Journal"] = Path.Combine(state, "provider.jsonl"),
            ["Simulator__CamPay__DecideAfterMs"] = "300",
            ["Simulator__CamPay__StartBalanceXaf"] = "1000000000",
            ["Ordering__Timers__PaymentDue"] = "00:00:50",
            ["Ordering__Timers__RestaurantSilent"] = "00:00:50",
            ["Ordering__Timers__Completion"] = "00:00:03"
        };
        if (defect is not null)
            settings["EATFAST_DEFECT"] = defect;
        return settings;
    }
}
