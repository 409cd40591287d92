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

    public static void AddPaymentRules(this WebApplicationBuilder builder)
    {
        var configuration = builder.Configuration;
        var firstPoll = configuration.GetValue("Payments:CamPay:FirstPollSeconds", builder.Environment.IsDevelopment() ? 1.0 : 3.0);
        var asksPerSecond = configuration.GetValue("Payments:CamPay:StatusCallsPerSecond", 10);

        builder.Services.AddSingleton(new CashRisk(configuration.GetValue("Payments:Cash:MaxXaf", 100_000L)));
        builder.Services.AddSingleton(PaymentLimits.Read(configuration));
        builder.Services.AddSingleton(new PollSchedule(TimeSpan.FromSeconds(firstPoll))
        {
            Lifetime = configuration.GetValue("Payments:CamPay:Lifetime", TimeSpan.FromMinutes(15)),
            LateLook = configuration.GetValue("Payments:CamPay:LateLook", TimeSpan.FromHours(24)),
            Patience = configuration.GetValue("Payments:Failover:After", TimeSpan.FromSeconds(30))
        });
        builder.Services.AddSingleton(new PollBudget(Math.Max(1, (int)(asksPerSecond * Tick.TotalSeconds))));
        builder.Services.AddSingleton(services => new PhoneCipher(
            FieldCipher.From(services.GetRequiredService<IConfiguration>(), PhoneCipher.Purpose)));
        builder.Services.AddScoped<OrderLookup>();
        builder.Services.AddScoped<OrderPayments>();
        builder.Services.AddScoped<CashBook>();
        builder.Services.AddSingleton(new Shares(configuration.GetValue("Payments:CommissionPercent", 15)));
        builder.Services.AddSingleton<UsableMethods>();
        builder.Services.AddScoped<MobileMoney>();
        builder.Services.AddScoped<Checkout>();
        builder.Services.AddScoped<ReadBalance>();
        builder.Services.AddSingleton<AttemptCourse>();
        builder.Services.AddSingleton<Statements>();
        builder.Services.AddScoped<MoneyProviders>();
        builder.Services.AddSingleton<Failover>();
        builder.Services.AddScoped<AttemptResults>();
        builder.Services.AddScoped<FindPaymentOfOrder>();
        builder.Services.AddSingleton(new ReconciliationRules(
            configuration.GetValue("Payments:Reconciliation:Every", TimeSpan.FromHours(1)),
            configuration.GetValue("Payments:Reconciliation:Window", TimeSpan.FromDays(2)),
            configuration.GetValue("Payments:Reconciliation:Grace", TimeSpan.FromMinutes(10))));
        builder.Services.AddScoped<Reconciliation>();
        builder.AddPeriodicWork<ReconcileBooks>(TimeSpan.FromSeconds(30));
        builder.AddPeriodicWork<SendAttempts>(Tick);
        builder.AddPeriodicWork<PollAttempts>(Tick);
    }
}
