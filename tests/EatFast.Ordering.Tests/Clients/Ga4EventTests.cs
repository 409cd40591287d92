using System.Text.Json;
using EatFast.Ordering.Clients;
using EatFast.Ordering.Domain;

namespace EatFast.Ordering.Tests.Clients;

public sealed class Ga4EventTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("session_start", "{}")]
    [InlineData("app_update", "{}")]
    [InlineData("seen", """{"ga_id":1}""")]
    [InlineData("seen", """{"_own":1}""")]
    [InlineData("seen", """{"bad name":1}""")]
    [InlineData("seen", """{"mail":"awa@example.cm"}""")]
    [InlineData("seen", """{"who":"appelez +237 677 77 77 77"}""")]
    [InlineData("seen", """{"who":"677777777"}""")]
    public void What_breaks_the_limits_or_names_a_person_is_not_told(string name, string properties) =>
        Assert.Null(Ga4Event.Of(Seen(name, properties), null));

    [Fact]
    public void The_longest_value_and_the_most_parameters_are_still_told()
    {
        var properties = Enumerable.Range(0, 24).ToDictionary(number => $"p{number}", _ => new string('x', 100));

        Assert.NotNull(Ga4Event.Of(Seen("seen", JsonSerializer.Serialize(properties)), null));
        properties["p24"] = "one more";
        Assert.Null(Ga4Event.Of(Seen("seen", JsonSerializer.Serialize(properties)), null));
        Assert.Null(Ga4Event.Of(Seen("seen", JsonSerializer.Serialize(new { p = new string('x', 101) })), null));
    }

    [Fact]
    public void Requests_hold_one_client_at_most_25_events_and_130_kB()
    {
        var many = Enumerable.Range(0, 60).Select(number => Ga4Event.Of(Seen($"seen_{number}", "{}", session: "1"), null)!);
        var others = Enumerable.Range(0, 3).Select(number => Ga4Event.Of(Seen("seen", "{}", session: $"other {number}"), null)!);
        var large = JsonSerializer.Serialize(Enumerable.Range(0, 20).ToDictionary(number => $"p{number}", _ => new string('\u00e9', 100)));
        var heavy = Enumerable.Range(0, 25).Select(_ => Ga4Event.Of(Seen("heavy", large, session: "2"), null)!);

        var requests = Ga4Request.Pack([.. many, .. others, .. heavy]).ToList();

        Assert.Equal(60 + 3 + 25, requests.Sum(request => request.Events.Count));
        Assert.All(requests, request => Assert.InRange(request.Events.Count, 1, 25));
        Assert.All(requests, request => Assert.True(request.ToJson().Length < 130_000));
        Assert.Equal(3, requests.Count(request => request.Events[0].Name.StartsWith("seen_", StringComparison.Ordinal)));
    }

    private static AnalyticsEvent Seen(string name, string properties, string? session = null) => new()
    {
        Id = Guid.NewGuid(),
        Name = name,
        OccurredAt = Noon,
        RecordedAt = Noon,
        SessionId = session,
        Properties = properties
    };
}
