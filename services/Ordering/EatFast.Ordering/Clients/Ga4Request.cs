using System.Text.Json;
using System.Text.Json.Nodes;

namespace EatFast.Ordering.Clients;

/// <summary>One call of the Measurement Protocol: the events of one client in one minute, at most 25 and 130 kB of them.</summary>
internal sealed record Ga4Request(string ClientId, Guid? UserId, DateTimeOffset At, IReadOnlyList<Ga4Event> Events)
{
    public byte[] ToJson()
    {
        var body = new JsonObject
        {
            ["client_id"] = ClientId,
            ["timestamp_micros"] = At.ToUnixTimeMilliseconds() * 1_000,
            ["events"] = new JsonArray([.. Events.Select(told => new JsonObject { ["name"] = told.Name, ["params"] = told.Parameters.DeepClone() })])
        };
        if (UserId is { } user)
            body["user_id"] = user.ToString();
        return JsonSerializer.SerializeToUtf8Bytes(body);
    }

    public static IEnumerable<Ga4Request> Pack(IEnumerable<Ga4Event> told) =>
        from client in told.GroupBy(happened => (happened.ClientId, happened.UserId, Minute: happened.At.UtcTicks / TimeSpan.TicksPerMinute))
        from chunk in client.Chunk(Ga4Limits.MostEvents)
        from request in Split(new Ga4Request(client.Key.ClientId, client.Key.UserId, chunk.Min(happened => happened.At), chunk))
        select request;

    // One that is too large even alone is left out.
    private static IEnumerable<Ga4Request> Split(Ga4Request request)
    {
        if (request.ToJson().Length < Ga4Limits.LargestBody)
            return [request];
        var half = request.Events.Count / 2;
        return half == 0
            ? []
            : Split(request with { Events = [.. request.Events.Take(half)] }).Concat(Split(request with { Events = [.. request.Events.Skip(half)] }));
    }
}
