using System.Net;
using EatFast.Security;
using EatFast.Testing;

namespace EatFast.Gateway.Tests;

public sealed class CatalogCacheTests(GatewaySystem system) : IClassFixture<GatewaySystem>
{
    private static readonly Uri Tagged = new("/api/v1/search/tagged", UriKind.Relative);

    [Fact]
    public async Task Equal_requests_reach_the_service_once_in_a_while_whoever_sends_them()
    {
        var before = system.Backends["catalog"].Tagged;
        var path = new Uri($"{Tagged}?who={Guid.NewGuid()}", UriKind.Relative);

        var answers = await Task.WhenAll(Enumerable.Range(0, 40)
            .Select(number => system.Client(number % 2 == 0 ? Roles.Customer : null).GetStringAsync(path)));

        Assert.InRange(system.Backends["catalog"].Tagged - before, 1, 3);
        Assert.InRange(answers.Distinct().Count(), 1, 3);
        await Eventually.AsTrue(async () => await system.Client().GetStringAsync(path) != answers[0], "the answer is fetched anew");
    }

    [Fact]
    public async Task Who_has_it_gets_304_and_who_can_gets_it_packed()
    {
        using var packed = new HttpRequestMessage(HttpMethod.Get, Tagged) { Headers = { { "Accept-Encoding", "br" } } };

        using var small = await system.Client().SendAsync(packed, TestContext.Current.CancellationToken);

        await Eventually.AsTrue(IsNotModifiedAsync, "a conditional request is answered with 304");
        Assert.Equal("br", Assert.Single(small.Content.Headers.ContentEncoding));
        Assert.InRange((await small.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)).Length, 1, 500);
    }

    // The first one fills the cache, from which the second is answered.
    private async Task<bool> IsNotModifiedAsync()
    {
        await system.Client().GetStringAsync(Tagged);
        using var known = new HttpRequestMessage(HttpMethod.Get, Tagged) { Headers = { { "If-None-Match", "\"state-1\"" } } };
        using var answer = await system.Client().SendAsync(known);
        return answer.StatusCode == HttpStatusCode.NotModified;
    }

    [Fact]
    public async Task What_carries_no_tag_is_never_kept()
    {
        var path = new Uri($"/api/v1/restaurants?x={Guid.NewGuid()}", UriKind.Relative);
        using var first = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { { "X-Device-Type", "one" } } };
        using var second = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { { "X-Device-Type", "two" } } };

        var one = await (await system.Client().SendAsync(first, TestContext.Current.CancellationToken)).Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        var two = await (await system.Client().SendAsync(second, TestContext.Current.CancellationToken)).Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        Assert.Contains("one", one, StringComparison.Ordinal);
        Assert.Contains("two", two, StringComparison.Ordinal);
    }
}
