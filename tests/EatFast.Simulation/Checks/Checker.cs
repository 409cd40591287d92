using EatFast.Simulation.Core;

namespace EatFast.Simulation.Checks;

/// <summary>After everything came to rest: what has to hold, whatever happened (the numbers are those of the reliability bar).</summary>
internal static class Checker
{
    public static void Check(World world)
    {
        OrderChecks.Check(world);
        MoneyChecks.Check(world);
        DeliveryChecks.Check(world);
        MessageChecks.Check(world);
    }
}
