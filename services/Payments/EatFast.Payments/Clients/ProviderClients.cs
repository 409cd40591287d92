using EatFast.Payments.Domain;
using Microsoft.Extensions.Http.Resilience;
using Polly;

namespace EatFast.Payments.Clients;

/// <summary>Registers the providers: short timeouts and a circuit breaker, and no retries because money would move twice.</summary>
internal static class ProviderClients
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
            .AddMoneyHandlers("campay", builder.Configuration);
        builder.Services.AddTransient<IMoneyProvider>(services => services.GetRequiredService<CamPay>());
    }

    public static void AddNouPay(this WebApplicationBuilder builder)
    {
        var isDevelopment = builder.Environment.IsDevelopment();
        builder.Services.AddSingleton(services => NouPayOptions.Read(services.GetRequiredService<IConfiguration>(), isDevelopment));
        builder.Services
            .AddHttpClient<NouPay>((services, http) => http.BaseAddress = services.GetRequiredService<NouPayOptions>().BaseUrl)
            .AddMoneyHandlers("noupay", builder.Configuration);
        builder.Services.AddTransient<IMoneyProvider>(services => services.GetRequiredService<NouPay>());
    }

    public static void AddStripe(this WebApplicationBuilder builder)
    {
        var isDevelopment = builder.Environment.IsDevelopment();
        builder.Services.AddSingleton(services => StripeOptions.Read(services.GetRequiredService<IConfiguration>(), isDevelopment));
        builder.Services.AddSingleton<StripeSignature>();
        builder.Services.AddHttpClient<StripeCards>().AddMoneyHandlers("stripe", builder.Configuration);
        builder.Services.AddTransient<IMoneyProvider>(services => services.GetRequiredService<StripeCards>());
    }

    private static void AddMoneyHandlers(this IHttpClientBuilder client, string name, IConfiguration configuration) => client
        .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler
        {
            ConnectTimeout = TimeSpan.FromSeconds(1),
            PooledConnectionLifetime = TimeSpan.FromMinutes(2),
            AllowAutoRedirect = false
        })
        .AddResilienceHandler(name, pipeline => pipeline
            .AddCircuitBreaker(new HttpCircuitBreakerStrategyOptions
            {
                // Long enough that the two questions a turn, each until its timeout, are counted as many.
                SamplingDuration = TimeSpan.FromSeconds(30),
                MinimumThroughput = 10,
                FailureRatio = 0.5,
                BreakDuration = TimeSpan.FromSeconds(5)
            })
            .AddTimeout(configuration.GetValue("Providers:ReadTimeout", TimeSpan.FromSeconds(5))));
}
