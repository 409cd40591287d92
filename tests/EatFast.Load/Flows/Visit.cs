using EatFast.Load.Http;
using EatFast.Load.Measuring;
using EatFast.Load.People;
using EatFast.Load.Shop;

namespace EatFast.Load.Flows;

/// <summary>What all orders of a run share.</summary>
internal sealed record Scene(
    LoadOptions Options, string Run, Api Api, Crowd Crowd, Restaurant Restaurant, Recorder Recorder, TimeProvider Clock);

/// <summary>One order on its way, with what its people know about it.</summary>
internal sealed class Visit
{
    private readonly int _flow;

    public Visit(Scene scene, int flow, long due)
    {
        (Scene, _flow, Due) = (scene, flow, due);
        // Of this order alone, so that its choices do not depend on how fast the others are.
        Choice = new(unchecked((scene.Options.Seed * 1_000_003) ^ (flow * 7_919)));
        Plan = Plan.Draw(Choice, scene.Options.Mix);
        Customer = scene.Crowd.Customers[flow % scene.Crowd.Customers.Count];
    }

    public Scene Scene { get; }

    /// <summary>When the schedule wanted it to begin.</summary>
    public long Due { get; }

    public Random Choice { get; }

    public Plan Plan { get; }

    public Person Customer { get; }

    public Guid OrderId { get; set; }

    public string DropCode { get; set; } = "";

    public string PickupCode { get; set; } = "";

    public string OrderPath => $"/api/v1/orders/{OrderId}";

    public Call Call(string name, HttpMethod method, string path, Person by, byte[]? body = null) => new(name, method, path)
    {
        By = by,
        Body = body,
        Flow = _flow,
        OrderId = OrderId == Guid.Empty ? null : OrderId,
        Key = method == HttpMethod.Post ? $"{Scene.Run}-{_flow}-{name.Replace(' ', '-')}" : null
    };

    public Task<Answer> SendAsync(Call call, CancellationToken ct) => Scene.Api.SendAsync(call, ct);

    /// <summary>Sends a call that has to succeed; what the order became meanwhile explains a refusal.</summary>
    public async Task<Answer> RequireAsync(Call call, CancellationToken ct, params string[] alsoFine)
    {
        var answer = await SendAsync(call, ct);
        if (answer.IsGood || alsoFine.Contains(answer.ErrorCode))
            return answer;
        var status = await ReadStatusAsync(ct);
        throw new StoppedException(status, $"{call.Name}: {answer.Status} {answer.ErrorCode}");
    }

    /// <summary>The customer looks again and again, until the order is as expected.</summary>
    public async Task UntilAsync(Func<Answer, bool> isSo, string expectation, CancellationToken ct)
    {
        var started = Scene.Clock.GetTimestamp();
        while (true)
        {
            var order = await SendAsync(Call(Calls.ReadOrder, HttpMethod.Get, OrderPath, Customer), ct);
            if (order.IsGood && isSo(order))
                return;
            if (order.Data("status") is "cancelled" or "expired" or "rejected")
                throw new StoppedException(order.Data("status"), $"stopped before: {expectation}");
            if (Scene.Clock.GetElapsedTime(started) > Scene.Options.LookFor)
                throw new StoppedException(null, $"not within {Scene.Options.LookFor.TotalSeconds} s: {expectation}");
            await Task.Delay(Scene.Options.LookEvery, Scene.Clock, ct);
        }
    }

    private async Task<string?> ReadStatusAsync(CancellationToken ct) =>
        OrderId == Guid.Empty ? null : (await SendAsync(Call(Calls.ReadOrder, HttpMethod.Get, OrderPath, Customer), ct)).Data("status");
}

/// <summary>The order cannot go on as planned: the platform has stopped it (then its status says so), or something is wrong.</summary>
internal sealed class StoppedException(string? status, string why) : Exception(why)
{
    public string? Status => status;
}
