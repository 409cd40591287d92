using EatFast.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace EatFast.Testing;

/// <summary>Gives a test's direct call the gateway's credential, unless the test plays an outsider.</summary>
internal sealed class ThroughTheGateway : IStartupFilter
{
    public const string Outsider = "X-Test-Outsider";

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use((http, rest) =>
        {
            if (!http.Request.Headers.ContainsKey(Outsider))
                http.Request.Headers[InternalCalls.Header] = http.RequestServices.GetRequiredService<InternalCalls>().Key;
            return rest(http);
        });
        next(app);
    };
}
