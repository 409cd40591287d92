extern alias simulator;

using System.Buffers.Text;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using EatFast.Testing;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Http;
using Microsoft.Extensions.Logging;

namespace EatFast.PaymentDrill;

/// <summary>The real provider simulator in this process; its webhooks come straight to the service.</summary>
public sealed class SimulatedCamPay(HttpMessageHandler gateway, AdjustableClock clock) : WebApplicationFactory<simulator::Program>
{
    public const string GoodMtn = "237677777777";
    public const string BadMtn = "237677777770";

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseContentRoot(AppContext.BaseDirectory);
        builder.UseSetting("PublicBaseUrl", "http://gateway");
        builder.UseSetting("Simulator:CamPay:DecideAfterMs", "100");
        builder.UseSetting("Simulator:CamPay:PromptExpiresAfterMs", "999999999");
        builder.UseSetting("Simulator:CamPay:HangMs", "10000");
        builder.UseSetting("Simulator:CamPay:SlowAnswerMs", "300");
        builder.UseSetting("Simulator:CamPay:LateWebhookMs", "500");
        builder.UseSetting("Simulator:CamPay:StartBalanceXaf", "1000000000");
        builder.ConfigureLogging(logging => logging.ClearProviders());
        builder.ConfigureTestServices(services =>
        {
            services.Replace(ServiceDescriptor.Singleton<TimeProvider>(clock));
            services.ConfigureAll<HttpClientFactoryOptions>(options =>
                options.HttpMessageHandlerBuilderActions.Add(client => client.PrimaryHandler = gateway));
        });
    }

    public async Task OrderFaultAsync(string phone, string kind, string? endpoint = null)
    {
        object fault = endpoint is null ? new { phone, kind } : new { phone, kind, endpoint };
        (await CreateClient().PostAsJsonAsync("/control/campay/faults", fault)).EnsureSuccessStatusCode();
    }

    public async Task ChangeSettingsAsync(object settings) =>
        (await CreateClient().PutAsJsonAsync("/control/campay/settings", settings)).EnsureSuccessStatusCode();

    /// <summary>The payer decides, as soon as the prompt is on the phone.</summary>
    public async Task<string> DecideAsync(string phone, string decision = "approve")
    {
        var prompt = await Eventually.Value(async () => (await PromptsOfAsync(phone)).FirstOrDefault(), "the payer sees a prompt");
        (await CreateClient().PostAsync($"/control/prompts/{prompt}/{decision}", null)).EnsureSuccessStatusCode();
        return prompt;
    }

    public async Task<List<string>> PromptsOfAsync(string phone)
    {
        var prompts = await CreateClient().GetFromJsonAsync<JsonElement>("/control/prompts");
        return [.. prompts.EnumerateArray().Where(prompt => prompt.GetProperty("phone").GetString() == phone)
            .Select(prompt => prompt.GetProperty("reference").GetString()!)];
    }

    /// <summary>A signature as CamPay makes it, for webhooks that a test sends itself.</summary>
    public string Sign()
    {
        var now = clock.GetUtcNow().ToUnixTimeSeconds();
        var head = Base64Url.EncodeToString("""{"alg":"HS256","app":"test","typ":"JWT"}"""u8);
        var claims = Base64Url.EncodeToString(
            Encoding.UTF8.GetBytes($$"""{"iat":{{now}},"nbf":{{now}},"exp":{{now + 3600}},"source":"CamPay"}"""));
        var seal = HMACSHA256.HashData("campay_webhook_test_key"u8, Encoding.UTF8.GetBytes($"{head}.{claims}"));
        return $"{head}.{claims}.{Base64Url.EncodeToString(seal)}";
    }

    /// <summary>What CamPay itself has on record for a number.</summary>
    public async Task<List<JsonElement>> StatementAsync(string phone, string endpoint)
    {
        var statement = await CreateClient().GetFromJsonAsync<JsonElement>("/control/campay/statement");
        return [.. statement.GetProperty("transactions").EnumerateArray().Where(row =>
            row.GetProperty("phone").GetString() == phone && row.GetProperty("endpoint").GetString() == endpoint)];
    }

    /// <summary>What NouPay has on record for a number.</summary>
    public async Task<List<JsonElement>> NouPayStatementAsync(string phone)
    {
        var statement = await CreateClient().GetFromJsonAsync<JsonElement>("/control/noupay/statement");
        return [.. statement.GetProperty("transactions").EnumerateArray().Where(row => row.GetProperty("phone").GetString() == phone)];
    }

    public async Task OrderNouPayFaultAsync(string phone, string kind, string? endpoint = null) =>
        (await CreateClient().PostAsJsonAsync("/control/noupay/faults", new { phone, kind, endpoint })).EnsureSuccessStatusCode();

    public async Task DecideNouPayAsync(string phone, string decision = "approve")
    {
        var prompt = await Eventually.Value(async () => (await NouPayStatementAsync(phone)) is [.., var last] ? (object)last : null, "a prompt");
        var transaction = ((JsonElement)prompt).GetProperty("transaction").GetString();
        (await CreateClient().PostAsync($"/control/noupay/{transaction}/{decision}", null)).EnsureSuccessStatusCode();
    }

    /// <summary>The payer's card at Stripe decides.</summary>
    public async Task PayByCardAsync(string intent, string card = "pm_card_visa") =>
        (await CreateClient().PostAsync($"/control/stripe/intents/{intent}/pay/{card}", null)).EnsureSuccessStatusCode();

    /// <summary>Stripe knows no phone: whose misfortune it is says the order's number.</summary>
    public async Task OrderStripeFaultAsync(string order, string kind, string? endpoint = null) =>
        (await CreateClient().PostAsJsonAsync("/control/stripe/faults", new { order, kind, endpoint })).EnsureSuccessStatusCode();

    /// <summary>The payer's bank wants the charge back; the result is the dispute's id.</summary>
    public async Task<string> DisputeAsync(string intent)
    {
        var answer = await CreateClient().PostAsync($"/control/stripe/intents/{intent}/dispute", null);
        return (await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString()!;
    }

    public async Task EndDisputeAsync(string dispute, string outcome) =>
        (await CreateClient().PostAsync($"/control/stripe/disputes/{dispute}/{outcome}", null)).EnsureSuccessStatusCode();

    /// <summary>What Stripe gave back of an order, each with the fate of its webhooks.</summary>
    public async Task<List<JsonElement>> CardRefundsAsync(string order)
    {
        var statement = await CreateClient().GetFromJsonAsync<JsonElement>("/control/stripe/statement");
        return [.. statement.GetProperty("refunds").EnumerateArray().Where(row => row.GetProperty("order").GetString() == order)];
    }

    /// <summary>The intents of an order, as Stripe has them; our own reference stands in their metadata.</summary>
    public async Task<List<JsonElement>> IntentsAsync(string reference)
    {
        var statement = await CreateClient().GetFromJsonAsync<JsonElement>("/control/stripe/statement");
        return [.. statement.GetProperty("intents").EnumerateArray().Where(row =>
            row.GetProperty("metadata").TryGetProperty("reference", out var ours) && ours.GetString() == reference)];
    }
}
