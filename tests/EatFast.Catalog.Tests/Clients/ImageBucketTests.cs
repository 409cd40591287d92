using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using EatFast.Catalog.Clients;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace EatFast.Catalog.Tests.Clients;

/// <summary>The bucket against a small store of our own that keeps what it is sent, over real HTTP.</summary>
public sealed class ImageBucketTests : IAsyncLifetime
{
    private readonly ConcurrentDictionary<string, byte[]> _kept = new();
    private readonly ConcurrentBag<(string Method, string Path, string Signature, string Cache)> _seen = [];
    private WebApplication _store = null!;

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _store = builder.Build();
        _store.Run(AnswerAsync);
        await _store.StartAsync();
    }

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    [Fact]
    public async Task Images_are_put_signed_read_and_deleted_by_their_names()
    {
        var (ct, picture) = (TestContext.Current.CancellationToken, Encoding.UTF8.GetBytes("une image"));
        using var bucket = new ImageBucket(new ImageOptions { ServiceUrl = _store.Urls.First(), Bucket = "pictures", AccessKey = "awa", SecretKey = "a secret" });

        await bucket.PutAsync("a-320.webp", picture, ct);
        await using (var read = await bucket.OpenAsync("a-320.webp", ct))
        {
            using var copy = new MemoryStream();
            await read!.CopyToAsync(copy, ct);
            Assert.Equal(picture, copy.ToArray());
        }
        await bucket.DeleteAsync("a-320.webp", ct);
        await bucket.DeleteAsync("a-320.webp", ct);

        Assert.Null(await bucket.OpenAsync("a-320.webp", ct));
        Assert.All(_seen, call => Assert.StartsWith("AWS4-HMAC-SHA256 Credential=awa/", call.Signature, StringComparison.Ordinal));
        Assert.All(_seen, call => Assert.Equal("/pictures/a-320.webp", call.Path));
        Assert.Contains("immutable", Assert.Single(_seen, call => call.Method == "PUT").Cache, StringComparison.Ordinal);
    }

    private async Task AnswerAsync(HttpContext http)
    {
        var (request, path) = (http.Request, http.Request.Path.Value!);
        _seen.Add((request.Method, path, $"{request.Headers.Authorization}", $"{request.Headers.CacheControl}"));
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body);
        if (request.Method == "PUT")
            _kept[path] = request.Headers["x-amz-content-sha256"].ToString().StartsWith("STREAMING", StringComparison.Ordinal) ? Unchunk(body.ToArray()) : body.ToArray();
        else if (request.Method == "DELETE")
            (_, http.Response.StatusCode) = (_kept.TryRemove(path, out _), 204);
        else if (_kept.TryGetValue(path, out var kept))
            await http.Response.Body.WriteAsync(kept);
        else
            http.Response.StatusCode = 404;
    }

    // Each chunk is its length in hex, its signature, and its bytes.
    private static byte[] Unchunk(byte[] sent)
    {
        using var whole = new MemoryStream();
        for (var at = 0; ;)
        {
            var end = sent.AsSpan(at).IndexOf("\r\n"u8) + at;
            var length = int.Parse(Encoding.ASCII.GetString(sent, at, end - at).Split(';')[0], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            if (length == 0)
                return whole.ToArray();
            whole.Write(sent, end + 2, length);
            at = end + 2 + length + 2;
        }
    }
}
