using EatFast.Errors;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace EatFast.Http;

/// <summary>
/// How many writes a process works on at once: fewer than it has database connections, so reads and messages still find one. Whoever
/// waits while nothing moves is told to come back, which costs next to nothing; while places become free, one waits for one.
/// </summary>
internal sealed class Places(TimeProvider clock) : IDisposable
{
    private const int AtOnce = 32;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private readonly SemaphoreSlim _free = new(AtOnce);
    private long _movedAt;

    public async Task<IDisposable> TakeAsync(CancellationToken ct)
    {
        var began = clock.GetTimestamp();
        var left = Patience;
        while (!await _free.WaitAsync(left, ct))
        {
            left = Patience - clock.GetElapsedTime(Math.Max(began, Interlocked.Read(ref _movedAt)));
            if (left <= TimeSpan.Zero)
                throw new RuleViolatedException("BUSY");
        }
        return new Place(this);
    }

    public void Dispose() => _free.Dispose();

    private void Leave()
    {
        Interlocked.Exchange(ref _movedAt, clock.GetTimestamp());
        _free.Release();
    }

    private sealed class Place(Places places) : IDisposable
    {
        public void Dispose() => places.Leave();
    }
}

/// <summary>Lets a route's handler begin once there is a place for it: for writes that wait for the database alone, not for a provider.</summary>
public static class PlacesFilter
{
    public static RouteHandlerBuilder WithPlace(this RouteHandlerBuilder route) => route.AddEndpointFilter(async (context, next) =>
    {
        var http = context.HttpContext;
        using var place = await http.RequestServices.GetRequiredService<Places>().TakeAsync(http.RequestAborted);
        return await next(context);
    });
}
