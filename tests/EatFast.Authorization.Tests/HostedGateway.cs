using System.Net;
using EatFast.Gateway;
using EatFast.Security;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Http;
using Microsoft.Extensions.Logging;
using Yarp.ReverseProxy.Forwarder;

namespace EatFast.AuthorizationTests;

/// <summary>The real gateway. Behind it everything is answered, so that a refusal is its own; what it asks itself goes to the real services.</summary>
internal sealed class HostedGateway(AuthorizationSystem system, IReadOnlyDictionary<string, string?> settings, HttpMessageHandler neighbours)
    : WebApplicationFactory<ServiceAddresses>, IForwarderHttpClientFactory
{
    public HttpMessageInvoker CreateClient(ForwarderHttpClientContext context) => new(new Everything());

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseEnvironment("Development");
        foreach (var (key, value) in settings)
            builder.UseSetting(key, value);
        builder.UseSetting("RateLimits:Enabled", "false");
        builder.ConfigureLogging(logging => logging.SetMinimumLevel(LogLevel.Warning));
        builder.ConfigureTestServices(services =>
        {
            services.Replace(ServiceDescriptor.Singleton<TimeProvider>(system.Clock));
            services.Replace(ServiceDescriptor.Singleton<IRevocationSource>(system.Tokens));
            services.Replace(ServiceDescriptor.Singleton<IForwarderHttpClientFactory>(this));
            services.ConfigureAll<HttpClientFactoryOptions>(options =>
                options.HttpMessageHandlerBuilderActions.Add(client => client.PrimaryHandler = neighbours));
        });
    }

    private sealed class Everything : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { RequestMessage = request, Content = new StringContent("{}") });
    }
}
