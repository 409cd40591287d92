namespace EatFast.Drills.Target;

/// <summary>The settings of a drill's system: business timers of minutes and hours become seconds, one provider takes all mobile money, everything
/// else is as it ships.</summary>
internal static class ShortTimers
{
    public static Dictionary<string, string> Settings(string state, string box, string? defect)
    {
        var settings = new Dictionary<string, string>
        {
            ["EATFAST_STATE"] = state,
            ["RateLimits__Enabled"] = "false",
            // A few dozen people order thousands of times, which is what it is there to notice.
            ["Payments__Risk__Enabled"] = "false",
            // Nobody counts cash here.
            ["Payments__Cash__DriverCeilingXaf"] = "1000000000",
            ["EATFAST_DRILLS"] = box,
            ["Gateway__Port"] = "0",
            ["Simulator__Port"] = "0",
            ["Simulator__Journal"] = Path.Combine(state, "provider.jsonl"),
            ["Simulator__CamPay__DecideAfterMs"] = "300",
            ["Simulator__CamPay__StartBalanceXaf"] = "1000000000",
            ["Ordering__Timers__PaymentDue"] = "00:00:30",
            ["Ordering__Timers__RestaurantSilent"] = "00:00:30",
            ["Ordering__Timers__Completion"] = "00:00:03",
            ["Ordering__Watch__Payment"] = "00:00:15",
            ["Ordering__Watch__Dispatch"] = "00:00:15",
            ["Ordering__Watch__Ride"] = "00:00:30",
            ["Ordering__Watch__Refund"] = "00:00:10",
            ["Ordering__Watch__Slack"] = "00:00:15",
            ["Ordering__Watch__LongestPause"] = "00:00:20",
            ["Providers__NouPay__Enabled"] = "false",
            ["Payments__CamPay__Lifetime"] = "00:01:30",
            ["Delivery__OfferLease"] = "00:00:04",
            ["Delivery__OfferRetry"] = "00:00:02",
            ["Notifications__SendLease"] = "00:00:15",
            ["Delivery__NoDriverAlert"] = "00:00:20"
        };
        if (defect is not null)
            settings["EATFAST_DEFECT"] = defect;
        return settings;
    }
}
