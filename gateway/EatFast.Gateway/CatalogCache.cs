using Microsoft.AspNetCore.OutputCaching;

namespace EatFast.Gateway;

/// <summary>
/// Public catalog answers, kept here for a second: one of many equal requests reaches the service, and a conditional one is answered
/// from its ETag. They are the same for everybody, so being signed in makes no difference.
/// </summary>
internal sealed class CatalogCache : IOutputCachePolicy
{
    public const string Name = "catalog";

    private static readonly string[] Forms = ["Accept-Encoding", "Accept-Language", "X-Platform"];
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(1);

    public ValueTask CacheRequestAsync(OutputCacheContext context, CancellationToken cancellation)
    {
        var isRead = HttpMethods.IsGet(context.HttpContext.Request.Method) || HttpMethods.IsHead(context.HttpContext.Request.Method);
        (context.EnableOutputCaching, context.AllowCacheLookup, context.AllowCacheStorage, context.AllowLocking) = (isRead, isRead, isRead, isRead);
        context.ResponseExpirationTimeSpan = Lifetime;
        context.CacheVaryByRules.QueryKeys = "*";
        context.CacheVaryByRules.HeaderNames = Forms;
        return ValueTask.CompletedTask;
    }

    public ValueTask ServeFromCacheAsync(OutputCacheContext context, CancellationToken cancellation) => ValueTask.CompletedTask;

    public ValueTask ServeResponseAsync(OutputCacheContext context, CancellationToken cancellation)
    {
        // Only what the service itself has tagged as a state of something that changes.
        var response = context.HttpContext.Response;
        context.AllowCacheStorage &= response.StatusCode == StatusCodes.Status200OK && response.Headers.ETag.Count == 1
            && response.Headers.SetCookie.Count == 0;
        return ValueTask.CompletedTask;
    }
}
