using EatFast.Payments.Clients;
using EatFast.Payments.Data;
using EatFast.Payments.Domain;
using EatFast.Payments.Features;
using EatFast.Security;

namespace EatFast.Payments;

/// <summary>Registers what the features share, with the rules that configuration may change (docs/configuration.md).</summary>
internal static class PaymentRules
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(200);

    // Few pay through these, so most looks find nothing.
    private static readonly TimeSpan RarerTick = TimeSpan.FromMilliseconds(500);

    public static void AddPaymentRules(this WebApplicationBuilder builder)
    {
        AddSettings(builder);
        builder.Services.AddSingleton(services => new PhoneCipher(
            FieldCipher.From(services.GetRequiredService<IConfiguration>(), PhoneCipher.Purpose)));
        builder.Services.AddSingleton<UsableMethods>().AddSingleton<AttemptCourse>().AddSingleton<Statements>().AddSingleton<Failover>();
        builder.Services.AddScoped<OrderLookup>().AddScoped<MoneyProviders>();
        builder.Services.AddScoped<OrderPayments>().AddScoped<CashBook>().AddScoped<PointsBook>().AddScoped<AttemptResults>();
        builder.Services.AddScoped<MobileMoney>().AddScoped<CardCheckout>().AddScoped<Checkout>().AddScoped<TopUps>().AddScoped<SavedMethods>();
        AddRisk(builder);
        builder.Services.AddScoped<Payouts>().AddScoped<BookReader>().AddScoped<Reconciliation>().AddScoped<CardDisputes>();
        builder.Services.AddScoped<FindPaymentOfOrder>().AddScoped<ReadBalance>().AddScoped<ReadDriverCash>();
        builder.AddPeriodicWork<SendAttempts>(Tick);
        builder.AddPeriodicWork<PollAttempts<CamPay>>(Tick);
        builder.AddPeriodicWork<PollAttempts<NouPay>>(RarerTick);
        builder.AddPeriodicWork<PollAttempts<StripeCards>>(RarerTick);
        builder.AddPeriodicWork<ReconcileBooks>(TimeSpan.FromSeconds(30));
        builder.AddPeriodicWork<ExpirePoints>(TimeSpan.FromMinutes(1));
        builder.AddPeriodicWork<TellTiers>(TimeSpan.FromMinutes(1));
    }

    private static void AddRisk(WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton(services => new MarkHasher(Secrets.DeriveKey(
            services.GetRequiredService<IConfiguration>().RequireSecret("Security:EncryptionKey"), MarkHasher.Purpose)));
        builder.Services.AddSingleton(RiskOptions.Read(builder.Configuration));
        builder.Services.AddSingleton<RiskRuleBook>().AddSingleton<RiskDesk>();
        builder.Services.AddScoped<PhoneProof>().AddScoped<RiskReader>().AddScoped<RiskRecords>();
        builder.Services.AddScoped<IRiskScorer, RuleScorer>();
    }

    private static void AddSettings(WebApplicationBuilder builder)
    {
        var (services, configuration) = (builder.Services, builder.Configuration);
        var firstPoll = configuration.GetValue("Payments:CamPay:FirstPollSeconds", builder.Environment.IsDevelopment() ? 1.0 : 3.0);
        var asksPerSecond = configuration.GetValue("Payments:CamPay:StatusCallsPerSecond", 10);
        services.AddSingleton(new PollSchedule(TimeSpan.FromSeconds(firstPoll))
        {
            Lifetime = configuration.GetValue("Payments:CamPay:Lifetime", TimeSpan.FromMinutes(15)),
            LateLook = configuration.GetValue("Payments:CamPay:LateLook", TimeSpan.FromHours(24)),
            Patience = configuration.GetValue("Payments:Failover:After", TimeSpan.FromSeconds(30))
        });
        services.AddSingleton(new PollBudget(Math.Max(1, (int)(asksPerSecond * Tick.TotalSeconds)), Tick));
        services.AddSingleton(PaymentLimits.Read(configuration));
        services.AddSingleton(PayoutRules.Read(configuration));
        services.AddSingleton(new Shares(configuration.GetValue("Payments:CommissionPercent", 15)));
        services.AddSingleton(new CashRisk(configuration.GetValue("Payments:Cash:MaxXaf", 100_000L)));
        services.AddSingleton(new CashCeiling(configuration.GetValue("Payments:Cash:DriverCeilingXaf", 150_000L)));
        services.AddSingleton(new PointsLifetime(configuration.GetValue("Payments:Loyalty:PointsLifetime", TimeSpan.FromDays(365))));
        services.AddSingleton(new ReconciliationRules(
            configuration.GetValue("Payments:Reconciliation:Every", TimeSpan.FromHours(1)),
            configuration.GetValue("Payments:Reconciliation:Window", TimeSpan.FromDays(2)),
            configuration.GetValue("Payments:Reconciliation:Grace", TimeSpan.FromMinutes(10))));
    }
}
