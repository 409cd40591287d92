using EatFast.Payments.Domain;
using Microsoft.Extensions.Http.Resilience;
using Polly;

namespace EatFast.Payments.Clients;

/// <summary>Registers CamPay: short timeouts and a circuit breaker, and no retries because money would move twice.</summary>
internal static class CamPayClients
{
    public static void AddCamPay(this WebApplicationBuilder builder)
    {
        var isDevelopment = builder.Environment.IsDevelopment();
        builder.Services.AddSingleton(services => CamPayOptions.Read(services.GetRequiredService<IConfiguration>(), isDevelopment));
        builder.Services.AddSingleton<CamPayTokens>();
        builder.Services.AddSingleton<CamPaySignature>();
        builder.Services.AddSingleton(Operators.Of(
            builder.Configuration["Payments:CamPay:MtnPrefixes"] ?? Operators.MtnPrefixes,
            builder.Configuration["Payments:CamPay:OrangePrefixes"] ?? Operators.OrangePrefixes));
        builder.Services
            .AddHttpClient<CamPay>((services, http) => http.BaseAddress = services.GetRequiredService<CamPayOptions>().BaseUrl)
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler
            {
                ConnectTimeout = TimeSpan.FromSeconds(1),
                PooledConnectionLifetime = TimeSpan.FromMinutes(2),
                AllowAutoRedirect = false
            })
            .AddResilienceHandler("campay", pipeline => pipeline
                .AddCircuitBreaker(new HttpCircuitBreakerStrategyOptions
                {
                    SamplingDuration = TimeSpan.FromSeconds(10),
                    MinimumThroughput = 10,
                    FailureRatio = 0.5,
                    BreakDuration = TimeSpan.FromSeconds(5)
                })
                .AddTimeout(TimeSpan.FromSeconds(5)));
    }
}
