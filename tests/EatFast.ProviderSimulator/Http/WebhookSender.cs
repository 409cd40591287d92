using System.Threading.Channels;

namespace EatFast.ProviderSimulator.Http;

internal sealed record WebhookCall(HttpMethod Method, Uri Url, string? Json)
{
    public TimeSpan Delay { get; init; }
    public (string Name, string Value)? Header { get; init; }
    public TimeSpan RetryAfter { get; init; } = TimeSpan.FromSeconds(1);
    public bool RetriesRefusals { get; init; }
    public Action<string> Outcome { get; init; } = _ => { };
    /// <summary>What is said next, once this one has been answered.</summary>
    public WebhookCall? Then { get; init; }
}

/// <summary>Carries webhooks to the product; a call that finds nobody listening is tried again three times and then forgotten.</summary>
internal sealed class WebhookSender(IHttpClientFactory clients, TimeProvider clock, ILogger<WebhookSender> logger) : BackgroundService
{
    public const string ClientName = "webhooks";
    private const int Retries = 3;
    private const int ParallelCalls = 64;

    private readonly Channel<WebhookCall> calls = Channel.CreateUnbounded<WebhookCall>();

    public void Enqueue(WebhookCall call) => calls.Writer.TryWrite(call);

    public async Task SendAsync(WebhookCall call, CancellationToken ct)
    {
        await Task.Delay(call.Delay, clock, ct);
        for (var attempt = 0; ; attempt++)
        {
            var (outcome, isFinal) = await TryOnceAsync(call, ct);
            logger.LogInformation("Webhook {Method} {Url}: {Outcome}", call.Method, call.Url.GetLeftPart(UriPartial.Path), outcome);
            call.Outcome(outcome);
            if (isFinal || attempt == Retries)
                break;
            await Task.Delay(call.RetryAfter * (attempt + 1), clock, ct);
        }
        if (call.Then is { } next)
            await SendAsync(next, ct);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Parallel.ForEachAsync(
        calls.Reader.ReadAllAsync(stoppingToken),
        new ParallelOptions { MaxDegreeOfParallelism = ParallelCalls, CancellationToken = stoppingToken },
        async (call, ct) => await SendAsync(call, ct));

    private async Task<(string Outcome, bool IsFinal)> TryOnceAsync(WebhookCall call, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(call.Method, call.Url);
        if (call.Json is not null)
            request.Content = new StringContent(call.Json, null, "application/json");
        if (call.Header is var (name, value))
            request.Headers.TryAddWithoutValidation(name, value);
        try
        {
            using var answer = await clients.CreateClient(ClientName).SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
            return ($"{(int)answer.StatusCode}", answer.IsSuccessStatusCode || !call.RetriesRefusals);
        }
        catch (HttpRequestException e)
        {
            return ($"not reached: {e.HttpRequestError}", false);
        }
        catch (TaskCanceledException) when (!ct.IsCancellationRequested)
        {
            return ("no answer in time", false);
        }
    }
}

internal static class Webhooks
{
    public static void AddWebhooks(this IServiceCollection services)
    {
        services.AddHttpClient(WebhookSender.ClientName, client => client.Timeout = TimeSpan.FromSeconds(10));
        services.AddSingleton<WebhookSender>();
        services.AddSingleton<FaultyWebhooks>();
        services.AddHostedService(provider => provider.GetRequiredService<WebhookSender>());
    }

    public static Uri? ToUrl(string? text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is ("http" or "https") ? url : null;
}
