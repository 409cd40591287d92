using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace EatFast.ProviderSimulator.Tests;

/// <summary>A whole simulator of its own for one test, with the settings that the test is about.</summary>
internal sealed class Simulator(params (string Key, string Value)[] settings) : WebApplicationFactory<Program>
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(10);

    public TimeProvider? Clock { get; init; }

    public static CancellationToken Ct => TestContext.Current.CancellationToken;

    public HttpClient Open() => CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false });

    public HttpClient CamPay() => As("Token", "campay-sim-token");

    public HttpClient Stripe() => As("Bearer", "sk_test_sim");

    public HttpClient Infobip() => As("App", "infobip-sim-key");

    public HttpClient As(string scheme, string value)
    {
        var client = Open();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(scheme, value);
        return client;
    }

    public async Task<JsonElement> ControlAsync(string path) => await Open().GetFromJsonAsync<JsonElement>($"/control/{path}", Ct);

    public async Task OrderFaultAsync(object fault) =>
        (await Open().PostAsJsonAsync("/control/campay/faults", fault, Ct)).EnsureSuccessStatusCode();

    public async Task OrderStripeFaultAsync(object fault) =>
        (await Open().PostAsJsonAsync("/control/stripe/faults", fault, Ct)).EnsureSuccessStatusCode();

    /// <summary>Asks again until the answer is good enough; the last answer is judged by the caller when time is up.</summary>
    public static async Task<T> EventuallyAsync<T>(Func<Task<T>> ask, Func<T, bool> isGood)
    {
        var start = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var answer = await ask();
            if (isGood(answer) || TimeProvider.System.GetElapsedTime(start) > Deadline)
                return answer;
            await Task.Delay(20, Ct);
        }
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseSetting("Simulator:CamPay:DecideAfterMs", "50");
        builder.UseSetting("Simulator:CamPay:WebhookRetryMs", "50");
        builder.UseSetting("Simulator:Infobip:DeliverAfterMs", "50");
        builder.UseSetting("Simulator:Infobip:ReportRetryMs", "50");
        builder.ConfigureLogging(logging => logging.ClearProviders());
        foreach (var (key, value) in settings)
            builder.UseSetting(key, value);
        if (Clock is { } clock)
            builder.ConfigureServices(services => services.Replace(ServiceDescriptor.Singleton(clock)));
    }
}

internal static class Bodies
{
    public static async Task<JsonElement> JsonAsync(this HttpResponseMessage answer) =>
        await answer.Content.ReadFromJsonAsync<JsonElement>(Simulator.Ct);

    public static async Task<HttpResponseMessage> PostTextAsync(this HttpClient client, string path, string json) =>
        await client.PostAsync(path, new StringContent(json, Encoding.UTF8, "application/json"), Simulator.Ct);

    public static async Task<HttpResponseMessage> SendFormAsync(
        this HttpClient stripe, string path, string? key, params (string Name, string Value)[] fields)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/v1/{path}");
        request.Content = new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));
        if (key is not null)
            request.Headers.Add("Idempotency-Key", key);
        return await stripe.SendAsync(request, Simulator.Ct);
    }

    public static string? Text(this JsonElement element, string name) => element.GetProperty(name).GetString();

    public static async Task<string> CollectAsync(
        this HttpClient campay, string phone, long amountXaf = 1500, string externalReference = "")
    {
        var answer = await campay.PostAsJsonAsync(
            "/api/collect/",
            new { amount = amountXaf, from = phone, description = "Order 7", external_reference = externalReference },
            Simulator.Ct);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Simulator.Ct));
        return (await answer.JsonAsync()).Text("reference")!;
    }

    public static async Task<JsonElement> FinalAsync(this HttpClient campay, string reference) => await Simulator.EventuallyAsync(
        async () => await campay.GetFromJsonAsync<JsonElement>($"/api/transaction/{reference}/", Simulator.Ct),
        transaction => transaction.Text("status") != "PENDING");
}
