using EatFast.Simulation.Core;
using EatFast.Simulation.Services;

namespace EatFast.Simulation.Outside;

/// <summary>How apps behave: while it is unknown what became of a request, the same one is sent again.</summary>
internal static class Persistence
{
    private const int MostTries = 60;

    public static async Task<Reply> InsistAsync(this World world, string service, Ask ask)
    {
        for (var attempt = 1; ; attempt++)
        {
            var reply = await world.ServiceOf(service).SendAsync(world, ask);
            if (!reply.IsUncertain || attempt == MostTries)
                return reply;
            await world.SleepAsync(world.Between(0.5, Math.Min(60, 2 * attempt)));
        }
    }
}
