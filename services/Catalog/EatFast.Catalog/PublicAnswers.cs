using EatFast.Catalog.Data;
using EatFast.Data;
using EatFast.Http;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.Options;

namespace EatFast.Catalog;

/// <summary>
/// What the public reads, kept as finished bytes. Menus live a minute in Redis and are dropped there by each change; this process
/// keeps an answer for a second at most, which is how late another replica can be. One of many equal readers asks the database.
/// </summary>
internal sealed class PublicAnswers(
    HybridCache cache, IServiceScopeFactory scopes, ReadReplica<CatalogDbContext> replica, IOptions<JsonOptions> json)
{
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(1);
    private static readonly string[] Brief = ["brief"];
    private static readonly HybridCacheEntryOptions Shared = new() { Expiration = TimeSpan.FromSeconds(60), LocalCacheExpiration = Moment };
    private static readonly HybridCacheEntryOptions Local = new()
    {
        Expiration = Moment,
        LocalCacheExpiration = Moment,
        Flags = HybridCacheEntryFlags.DisableDistributedCache
    };

    public ValueTask<TaggedAnswer> MenuAsync(Guid restaurantId, Func<CatalogDbContext, CancellationToken, Task<MenuView>> read, CancellationToken ct) =>
        cache.GetOrCreateAsync(KeyOf(restaurantId), token => MakeAsync(read, null, mayBeLate: false, token), Shared, cancellationToken: ct);

    /// <summary>For answers with too many forms to drop one by one: any change drops them all here, elsewhere a moment does.</summary>
    public ValueTask<TaggedAnswer> BrieflyAsync<T>(HttpRequest request, Func<CatalogDbContext, CancellationToken, Task<T>> read, CancellationToken ct) =>
        BrieflyAsync(request, read, mayBeLate: true, ct);

    public ValueTask<TaggedAnswer> BrieflyAsync<T>(
        HttpRequest request, Func<CatalogDbContext, CancellationToken, Task<T>> read, bool mayBeLate, CancellationToken ct)
    {
        string? fields = request.Query["fields"];
        return cache.GetOrCreateAsync($"brief:{request.Path}{request.QueryString}", token => MakeAsync(read, fields, mayBeLate, token), Local, Brief, ct);
    }

    public async ValueTask DropAsync(Guid restaurantId)
    {
        await cache.RemoveAsync(KeyOf(restaurantId));
        await cache.RemoveByTagAsync(Brief);
    }

    // A scope of its own: the first of many readers may hang up while the others still wait for what it began. A menu is kept for a minute,
    // so it is read where the change that dropped the last one certainly is.
    private async ValueTask<TaggedAnswer> MakeAsync<T>(
        Func<CatalogDbContext, CancellationToken, Task<T>> read, string? fields, bool mayBeLate, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var data = mayBeLate
            ? await replica.ReadAsync(scope.ServiceProvider, read, ct)
            : await read(scope.ServiceProvider.GetRequiredService<CatalogDbContext>(), ct);
        return TaggedAnswer.Of(data, json.Value.SerializerOptions, fields);
    }

    private static string KeyOf(Guid restaurantId) => $"menu:{restaurantId:N}";
}
