using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EatFast;

/// <summary>A feature that the clock triggers; it runs in a scope of its own and has to be safe on several replicas at once.</summary>
public interface IPeriodicWork
{
    Task RunAsync(CancellationToken ct);
}

/// <summary>How often a periodic work is done.</summary>
public sealed record WorkRhythm(Type Work, TimeSpan Every);

public static class PeriodicWork
{
    /// <summary>Runs <typeparamref name="TWork"/> every interval for as long as the process lives; one failed run does not end it.</summary>
    public static void AddPeriodicWork<TWork>(this WebApplicationBuilder builder, TimeSpan every) where TWork : class, IPeriodicWork
    {
        builder.Services.AddScoped<TWork>();
        builder.Services.AddSingleton(new WorkRhythm(typeof(TWork), every));
        builder.Services.AddHostedService(services => new Loop<TWork>(
            services.GetRequiredService<IServiceScopeFactory>(),
            services.GetRequiredService<TimeProvider>(),
            every,
            services.GetRequiredService<ILogger<TWork>>()));
    }

    private sealed class Loop<TWork>(IServiceScopeFactory scopes, TimeProvider clock, TimeSpan every, ILogger<TWork> logger)
        : BackgroundService where TWork : class, IPeriodicWork
    {
        private static readonly ActivitySource Activities = new(Telemetry.Source);

        protected override async Task ExecuteAsync(CancellationToken stoppingToken)
        {
            using var timer = new PeriodicTimer(every, clock);
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                using var activity = Activities.StartActivity(typeof(TWork).Name);
                try
                {
                    await using var scope = scopes.CreateAsyncScope();
                    await scope.ServiceProvider.GetRequiredService<TWork>().RunAsync(stoppingToken);
                }
                catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
                {
                    logger.LogWarning("{Work} failed and runs again in {Every}: {Reason}", typeof(TWork).Name, every, exception.Message);
                }
            }
        }
    }
}
