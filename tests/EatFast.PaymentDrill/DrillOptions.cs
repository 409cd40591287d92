using System.Globalization;

namespace EatFast.PaymentDrill;

/// <summary>What the command line asks for.</summary>
internal sealed record DrillOptions(int Seed, int Count, bool IsSabotaged)
{
    public const string Usage =
        """
        usage: ./eatfast drill payments [--seed 20261122] [--count 10000] [--sabotage]
          pays so many orders at the simulated CamPay (60 %), NouPay and Stripe (20 % each) with all their faults on, and prints what
          came of them by the providers' statements, the ledger and the orders; the same seed prints the same. Exit code 1 when money
          was lost, doubled or left undecided.
          --sabotage   a charge whose answer was lost is made again: the drill has to find it
        """;

    private const int Most = 100_000;

    public static DrillOptions? Parse(string[] args)
    {
        var (seed, count, sabotage) = (20261122, 10_000, false);
        for (var i = 0; i < args.Length; i++)
        {
            var value = i + 1 < args.Length ? args[i + 1] : "";
            switch (args[i])
            {
                case "--sabotage":
                    sabotage = true;
                    break;
                case "--seed" when int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out seed):
                case "--count" when int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out count) && count is > 0 and <= Most:
                    i++;
                    break;
                default:
                    return null;
            }
        }
        return new DrillOptions(seed, count, sabotage);
    }
}
