using System.Net;
using Microsoft.AspNetCore.HttpOverrides;

namespace EatFast.Gateway;

/// <summary>
/// Where a client really is and whether it used HTTPS, as the proxies in front say: those of <c>Gateway:TrustedProxies</c>
/// (addresses or networks) and no one else. Without any, such headers count for nothing.
/// </summary>
internal static class TrustedProxies
{
    public static void AddTrustedProxies(this WebApplicationBuilder builder)
    {
        var trusted = builder.Configuration.GetSection("Gateway:TrustedProxies").Get<string[]>() ?? [];
        // After the platform's own switch, which would trust everybody.
        builder.Services.PostConfigure<ForwardedHeadersOptions>(options =>
        {
            options.KnownProxies.Clear();
            options.KnownIPNetworks.Clear();
            options.ForwardedHeaders = trusted.Length == 0
                ? ForwardedHeaders.None
                : ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
            // As many hops as there are trusted ones in a row: the first stranger from the right is the client.
            options.ForwardLimit = null;
            foreach (var proxy in trusted)
                Add(options, proxy);
        });
    }

    private static void Add(ForwardedHeadersOptions options, string proxy)
    {
        if (IPAddress.TryParse(proxy, out var address))
            options.KnownProxies.Add(address);
        else if (System.Net.IPNetwork.TryParse(proxy, out var network))
            options.KnownIPNetworks.Add(network);
        else
            throw new InvalidOperationException($"Gateway:TrustedProxies names '{proxy}', which is neither an address nor a network.");
    }
}
