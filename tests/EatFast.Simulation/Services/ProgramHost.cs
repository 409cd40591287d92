using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EatFast.Simulation.Services;

/// <summary>Starts a service's program once, far enough to know its registrations and routes.</summary>
internal sealed class ProgramHost<TDb>(string name, IServiceCollection registrations) : WebApplicationFactory<TDb> where TDb : DbContext
{
    internal const string Secret = "a-secret-for-simulations-only-0123456789-0123456789";

    /// <summary>Its program needs no files; said here, because it would look for the folder of its sources.</summary>
    public static void Prepare() => Environment.SetEnvironmentVariable(
        $"ASPNETCORE_TEST_CONTENTROOT_{typeof(TDb).Assembly.GetName().Name!.Replace('.', '_').ToUpperInvariant()}",
        AppContext.BaseDirectory);

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseSetting("environment", "Development");
        builder.UseSetting("ConnectionStrings:eatfast", $"Host=nowhere;Username={name};Password={name};Database={name}");
        builder.UseSetting("ConnectionStrings:redis", "nowhere");
        builder.UseSetting("ConnectionStrings:rabbitmq", "amqp://nowhere");
        foreach (var key in new[] { "SigningKey", "EncryptionKey", "IndexKey", "InternalKey" })
            builder.UseSetting($"Security:{key}", Secret);
        builder.UseSetting("Providers:BaseUrl", "http://provider");
        // The one simulated provider is CamPay.
        builder.UseSetting("Providers:NouPay:Enabled", "false");
        builder.UseSetting("Providers:Ga4:Enabled", "false");
        builder.UseSetting("Providers:Stripe:Enabled", "false");
        // Its questions are Postgres' own words.
        builder.UseSetting("Payments:Risk:Enabled", "false");
        // A seed lasts a day or more: the books are compared a few times.
        builder.UseSetting("Payments:Reconciliation:Every", "06:00:00");
        // Nobody counts cash here.
        builder.UseSetting("Payments:Cash:DriverCeilingXaf", "1000000000");
        builder.ConfigureLogging(logging => logging.ClearProviders());
        builder.ConfigureServices(services =>
        {
            var background = services.Where(known => known.ServiceType == typeof(IHostedService)
                && known.ImplementationType?.Name != "GenericWebHostService").ToList();
            background.ForEach(known => services.Remove(known));
            foreach (var known in services)
                registrations.Add(known);
        });
    }
}
