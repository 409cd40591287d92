using System.Net.Http.Headers;

namespace EatFast.Ordering.Clients;

/// <summary>How we reach Google Analytics; without a measurement id nothing is told. In Development it is the provider simulator.</summary>
internal sealed record Ga4Options(Uri BaseUrl, string? MeasurementId, string? ApiSecret, bool IsEnabled)
{
    public bool IsOn => IsEnabled && MeasurementId is not null && ApiSecret is not null;

    public static Ga4Options Read(IConfiguration configuration, bool isDevelopment)
    {
        var section = configuration.GetSection("Providers:Ga4");
        var simulator = isDevelopment && configuration["Providers:BaseUrl"] is { Length: > 0 } url ? url : null;
        return new Ga4Options(
            new Uri($"{(Given("BaseUrl") ?? simulator ?? "https://www.google-analytics.com").TrimEnd('/')}/"),
            Given("MeasurementId") ?? (simulator is null ? null : "G-SIMULATED"),
            Given("ApiSecret") ?? (simulator is null ? null : "ga4-sim-secret"),
            section.GetValue("Enabled", true));

        string? Given(string key) => section[key] is { Length: > 0 } value ? value : null;
    }
}

/// <summary>The Measurement Protocol of Google Analytics 4. It answers 204 to anything, so an answer only says that somebody was there.</summary>
internal sealed class Ga4(HttpClient http, Ga4Options options, ILogger<Ga4> logger)
{
    public bool IsOn => options.IsOn;

    public async Task SendAsync(Ga4Request request, CancellationToken ct)
    {
        var address = $"mp/collect?measurement_id={Uri.EscapeDataString(options.MeasurementId!)}&api_secret={Uri.EscapeDataString(options.ApiSecret!)}";
        using var content = new ByteArrayContent(request.ToJson());
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        try
        {
            using var answer = await http.PostAsync(new Uri(address, UriKind.Relative), content, ct);
            if (!answer.IsSuccessStatusCode)
                logger.LogWarning("Google Analytics answered {Status}: {Events} events are lost", (int)answer.StatusCode, request.Events.Count);
        }
        catch (HttpRequestException exception)
        {
            logger.LogWarning("Google Analytics cannot be reached ({Reason}): {Events} events are lost", exception.HttpRequestError, request.Events.Count);
        }
        catch (TaskCanceledException) when (!ct.IsCancellationRequested)
        {
            logger.LogWarning("Google Analytics gave no answer in time: {Events} events are lost", request.Events.Count);
        }
    }
}

internal static class Ga4Client
{
    public static void AddGa4(this WebApplicationBuilder builder)
    {
        var isDevelopment = builder.Environment.IsDevelopment();
        builder.Services.AddSingleton(services => Ga4Options.Read(services.GetRequiredService<IConfiguration>(), isDevelopment));
        builder.Services.AddHttpClient<Ga4>((services, http) =>
        {
            http.BaseAddress = services.GetRequiredService<Ga4Options>().BaseUrl;
            http.Timeout = TimeSpan.FromSeconds(5);
        });
    }
}
