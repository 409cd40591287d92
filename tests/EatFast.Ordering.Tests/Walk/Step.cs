namespace EatFast.Ordering.Tests.Walk;

/// <summary>What may happen next to an order and its money, by whomever.</summary>
internal enum Deed
{
    WaitMinutes,
    WaitHours,
    DeliverMessage,
    DeliverCopy,
    RunTimers,
    Confirm,
    Reject,
    Cook,
    Cancel,
    Misstep,
    Rate,
    PayByPhone,
    PayCash,
    Send,
    Decide,
    Webhook,
    Poll,
    Accept,
    Ride,
    Watch
}

/// <summary>One deed; the choice settles who does it, to what and with which luck.</summary>
internal readonly record struct Step(Deed Deed, int Choice)
{
    public override string ToString() => $"{Deed}({Choice})";
}
