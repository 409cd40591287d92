using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;

namespace EatFast.Http;

/// <summary>Where a request came from as the gateway saw it; services trust its header because only the gateway reaches them.</summary>
public static class ClientAddress
{
    public static string Of(HttpContext http) =>
        http.Request.Headers["X-Forwarded-For"].ToString() is { Length: > 0 } forwarded
            ? forwarded.Split(',')[^1].Trim()
            : http.Connection.RemoteIpAddress?.ToString() ?? "unknown";

    /// <summary>The address, or for IPv6 the /64 that one customer of a provider gets.</summary>
    public static string NetworkOf(HttpContext http) => NetworkOf(Of(http));

    /// <summary>The /24, or for IPv6 the /48: what one operator's customers share.</summary>
    public static string RangeOf(HttpContext http)
    {
        var network = NetworkOf(http);
        return network.LastIndexOf('.') is > 0 and var end ? network[..end] : network.Length == 16 ? network[..12] : network;
    }

    public static string NetworkOf(string address)
    {
        if (!IPAddress.TryParse(address, out var ip))
            return "unknown";
        if (ip.IsIPv4MappedToIPv6)
            ip = ip.MapToIPv4();
        return ip.AddressFamily == AddressFamily.InterNetworkV6 ? Convert.ToHexString(ip.GetAddressBytes().AsSpan(0, 8)) : ip.ToString();
    }
}
