using System.ComponentModel;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace EatFast.Http;

/// <summary>A finished JSON answer with its ETag: who already has this one gets 304 without a body.</summary>
[ImmutableObject(true)]
public sealed record TaggedAnswer(byte[] Body, string Tag) : IResult
{
    /// <summary>The envelope around the data, of which <paramref name="fields"/> may keep a part.</summary>
    public static TaggedAnswer Of<T>(T data, JsonSerializerOptions json, string? fields = null)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(new Envelope<T>(data), json);
        if (!string.IsNullOrWhiteSpace(fields))
            body = FieldSelection.Keep(body, typeof(T), fields, json);
        return new(body, $"\"{Convert.ToHexStringLower(SHA256.HashData(body).AsSpan(0, 12))}\"");
    }

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var (request, response) = (httpContext.Request, httpContext.Response);
        response.Headers.ETag = Tag;
        // Clients may keep it, but ask again each time: what is sold out must not linger.
        response.Headers.CacheControl = "no-cache";
        if (request.Headers.IfNoneMatch.SelectMany(list => (list ?? "").Split(',', StringSplitOptions.TrimEntries)).Any(IsThis))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }
        response.ContentType = "application/json; charset=utf-8";
        response.ContentLength = Body.Length;
        await response.Body.WriteAsync(Body, httpContext.RequestAborted);
    }

    private bool IsThis(string tag) => tag == "*" || tag == Tag || tag == $"W/{Tag}";
}
