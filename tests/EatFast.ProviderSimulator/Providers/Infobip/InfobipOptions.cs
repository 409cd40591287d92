namespace EatFast.ProviderSimulator.Providers.Infobip;

/// <summary>How this Infobip account is set up.</summary>
internal sealed class InfobipOptions
{
    public string ApiKey { get; init; } = "infobip-sim-key";

    // The account's default, for messages that name no address of their own.
    public string? ReportUrl { get; init; }
    public int DeliverAfterMs { get; init; } = 500;
    public int ReportRetryMs { get; init; } = 1_000;

    public static InfobipOptions Read(IConfiguration configuration) =>
        configuration.GetSection("Simulator:Infobip").Get<InfobipOptions>() ?? new InfobipOptions();
}
