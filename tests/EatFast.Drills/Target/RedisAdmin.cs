using System.Net.Sockets;
using System.Text;

namespace EatFast.Drills.Target;

/// <summary>Says a single command to Redis, in its inline protocol.</summary>
internal static class RedisAdmin
{
    public static async Task FlushAllAsync(Endpoints endpoints, CancellationToken ct)
    {
        // host:port,password=...
        var parts = endpoints.Redis.Split(',');
        var address = parts[0].Split(':');
        var password = parts.Select(part => part.Split('=', 2)).FirstOrDefault(pair => pair[0] == "password")?[1];
        using var client = new TcpClient();
        await client.ConnectAsync(address[0], int.Parse(address[1], System.Globalization.CultureInfo.InvariantCulture), ct);
        await using var stream = client.GetStream();
        var login = password is null ? "" : $"AUTH {password}\r\n";
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"{login}FLUSHALL\r\nQUIT\r\n"), ct);
        using var reader = new StreamReader(stream);
        var answer = await reader.ReadToEndAsync(ct);
        if (answer.Contains("-ERR", StringComparison.Ordinal) || answer.Contains("-NOAUTH", StringComparison.Ordinal))
            throw new Running.DrillFailedException($"Redis refused to forget: {answer.Trim()}");
    }
}
