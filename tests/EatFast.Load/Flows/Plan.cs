namespace EatFast.Load.Flows;

/// <summary>Which way one order goes; drawn once, at its start.</summary>
internal sealed record Plan(bool Cash, bool Cancelled, bool Rejected, bool Unpaid, bool Rated)
{
    public static Plan Draw(Random choice, LoadMix mix)
    {
        var fate = choice.NextDouble();
        var cancelled = fate < mix.Cancelled;
        var rejected = !cancelled && fate < mix.Cancelled + mix.Rejected;
        var unpaid = !cancelled && !rejected && fate < mix.Cancelled + mix.Rejected + mix.Unpaid;
        // Only a mobile-money charge can fail.
        var cash = !unpaid && choice.NextDouble() < mix.Cash;
        return new(cash, cancelled, rejected, unpaid, choice.NextDouble() < mix.Rated);
    }
}
