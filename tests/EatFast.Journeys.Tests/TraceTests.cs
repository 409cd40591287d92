using EatFast.Testing;

namespace EatFast.Journeys;

public sealed class TraceTests(RunningSystem system)
{
    [Fact]
    public async Task One_trace_shows_an_order_on_its_way_through_the_system()
    {
        await using var journey = new Journey(system);
        await journey.GatherAsync();

        await journey.PlaceAsync("cash", quantity: 1);

        await Eventually.AsTrue(() => TraceWithAll(
            ("gateway", "POST"), ("ordering", "POST"), ("catalog", "QuoteItems"), ("delivery", "QuoteDelivery"), ("ordering", "outbox publish"),
            ("payments", "create-payment"), ("notifications", "notifications-")), "one trace has a span of every part");
    }

    private bool TraceWithAll(params (string Service, string Name)[] parts) => system.Telemetry.Spans
        .GroupBy(span => span.TraceId)
        .Any(trace => parts.All(part => trace.Any(span =>
            span.Service == part.Service && span.Name.Contains(part.Name, StringComparison.OrdinalIgnoreCase))));
}
