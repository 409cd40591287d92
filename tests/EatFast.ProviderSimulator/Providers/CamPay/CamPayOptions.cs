namespace EatFast.ProviderSimulator.Providers.CamPay;

/// <summary>How this CamPay account is set up; the settable half is what an app owner changes on CamPay's dashboard.</summary>
internal sealed class CamPayOptions
{
    public const string FirstResult = "first-result";
    public const string Reject = "reject";

    public string Token { get; init; } = "campay-sim-token";
    public string Username { get; init; } = "campay-sim";
    public string Password { get; init; } = "campay-sim";
    public string WebhookKey { get; init; } = "campay_webhook_test_key";
    public string AppName { get; init; } = "eatfast-sim";
    public string? WebhookUrl { get; init; }
    public string WebhookMethod { get; set; } = "POST";
    public string DuplicateReference { get; set; } = FirstResult;
    public int DecideAfterMs { get; set; } = 800;
    public int PromptExpiresAfterMs { get; init; } = 600_000;
    public int WebhookRetryMs { get; init; } = 1_000;
    public int LateWebhookMs { get; init; } = 15_000;
    public int SlowAnswerMs { get; init; } = 5_000;
    public int HangMs { get; init; } = 60_000;
    public long StartBalanceXaf { get; init; } = 10_000_000;

    // CamPay's demo caps an amount at 25 XAF; real orders are thousands, so no cap unless one is asked for.
    public long MaxAmountXaf { get; init; }
    public string MtnPrefixes { get; init; } = "650,651,652,653,654,67,680,681,682,683";
    public string OrangePrefixes { get; init; } = "655,656,657,658,659,69,686,687,688,689,640,641,642";

    public static CamPayOptions Read(IConfiguration configuration)
    {
        var options = configuration.GetSection("Simulator:CamPay").Get<CamPayOptions>() ?? new CamPayOptions();
        if (!IsDuplicateMode(options.DuplicateReference) || !IsWebhookMethod(options.WebhookMethod))
            throw new InvalidOperationException(
                "Simulator:CamPay: DuplicateReference is first-result or reject, WebhookMethod is POST or GET.");
        return options;
    }

    public static bool IsDuplicateMode(string? text) => text is FirstResult or Reject;

    public static bool IsWebhookMethod(string? text) => text is "POST" or "GET";
}
