using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using EatFast.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace EatFast.Catalog.Tests.Features;

public sealed class PublicAnswersTests(CatalogSystem system)
{
    [Fact]
    public async Task Five_hundred_readers_at_once_read_the_database_once()
    {
        var kitchen = await system.OpenKitchenAsync();
        using var reads = new MenuReads(kitchen.Id);

        var answers = await Task.WhenAll(Enumerable.Range(0, 500).Select(_ => system.Public.SendAsync("GET", $"/restaurants/{kitchen.Id}/menu")));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
        Assert.Equal(1, reads.Count);
        await system.Public.SendAsync("GET", $"/restaurants/{(await system.OpenKitchenAsync()).Id}/menu");
        Assert.Equal(1, reads.Count);
    }

    [Theory]
    [InlineData("/restaurants/{0}/menu")]
    [InlineData("/restaurants/{0}")]
    [InlineData("/restaurants?city={1}")]
    [InlineData("/search?q=okok&city={1}")]
    public async Task Who_has_the_answer_gets_304_until_something_changes(string path)
    {
        var kitchen = await system.OpenKitchenAsync();
        var target = string.Format(System.Globalization.CultureInfo.InvariantCulture, path, kitchen.Id, kitchen.Restaurant.City);
        using var first = await system.Public.SendAsync("GET", target);
        var tag = first.Headers.ETag!;

        using var again = await AskAsync(target, tag);
        using var other = await AskAsync(target, new EntityTagHeaderValue("\"other\""));
        await ChangeAsync(kitchen);
        using var changed = await AskAsync(target, tag);

        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
        Assert.Empty(await again.Content.ReadAsByteArrayAsync());
        Assert.Equal(HttpStatusCode.OK, other.StatusCode);
        Assert.Equal(HttpStatusCode.OK, changed.StatusCode);
        Assert.NotEqual(tag, changed.Headers.ETag);
    }

    [Fact]
    public async Task A_change_behind_our_back_is_seen_within_two_seconds()
    {
        var kitchen = await system.OpenKitchenAsync();
        var path = $"/api/v1/restaurants?city={kitchen.Restaurant.City}";
        await system.NamesAsync(path);
        await system.Catalog.WithDbAsync(db => db.Database
            .ExecuteSqlAsync($"UPDATE catalog.restaurants SET name = 'Renommé' WHERE id = {kitchen.Id}"));

        var waited = Stopwatch.StartNew();
        await Eventually.AsTrue(async () => (await system.NamesAsync(path)).Contains("Renommé"), "the new name is shown");

        Assert.InRange(waited.Elapsed.TotalSeconds, 0, 2);
    }

    private static async Task<HttpResponseMessage> AskAsync(HttpClient client, string path, EntityTagHeaderValue tag)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri($"/api/v1{path}", UriKind.Relative));
        request.Headers.IfNoneMatch.Add(tag);
        return await client.SendAsync(request);
    }

    private Task<HttpResponseMessage> AskAsync(string path, EntityTagHeaderValue tag) => AskAsync(system.Public, path, tag);

    private async Task ChangeAsync(Kitchen kitchen)
    {
        var owner = system.SignedIn(kitchen.Restaurant.OwnerId);
        (await owner.SendAsync("PUT", $"/menu/items/{kitchen.Item.Id}/availability", """{"isAvailable":false}""")).EnsureSuccessStatusCode();
        (await owner.SendAsync("PUT", "/restaurant/profile", """{"description":"Nouveau"}""")).EnsureSuccessStatusCode();
    }

    /// <summary>Counts the statements that read this restaurant's menu.</summary>
    private sealed class MenuReads : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>, IDisposable
    {
        private readonly ConcurrentBag<IDisposable> _subscriptions = [];
        private readonly Guid _restaurantId;
        private int _count;

        public MenuReads(Guid restaurantId)
        {
            _restaurantId = restaurantId;
            _subscriptions.Add(DiagnosticListener.AllListeners.Subscribe(this));
        }

        public int Count => _count;

        public void OnNext(DiagnosticListener value)
        {
            if (value.Name == DbLoggerCategory.Name)
                _subscriptions.Add(value.Subscribe(this));
        }

        public void OnNext(KeyValuePair<string, object?> value)
        {
            if (value.Value is CommandExecutedEventData { Command: var command }
                && command.CommandText.Contains("menu_categories", StringComparison.Ordinal)
                && command.Parameters.Cast<System.Data.Common.DbParameter>().Any(parameter => parameter.Value is Guid id && id == _restaurantId))
                Interlocked.Increment(ref _count);
        }

        public void OnCompleted()
        {
        }

        public void OnError(Exception error)
        {
        }

        public void Dispose()
        {
            foreach (var subscription in _subscriptions)
                subscription.Dispose();
        }
    }
}
