extern alias Simulator;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http;

namespace EatFast.Notifications.Tests;

/// <summary>The real simulator in this process; its delivery reports go to the service under test.</summary>
internal sealed class ProviderSimulator(Func<HttpMessageHandler> service) : WebApplicationFactory<Simulator::Program>
{
    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseSetting("Simulator:Infobip:DeliverAfterMs", "50");
        builder.UseSetting("Simulator:Infobip:ReportRetryMs", "50");
        builder.ConfigureTestServices(services => services.ConfigureAll<HttpClientFactoryOptions>(options =>
            options.HttpMessageHandlerBuilderActions.Add(client => client.PrimaryHandler = service())));
    }
}
