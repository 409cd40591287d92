using System.Text.Encodings.Web;
using System.Text.Json;
using Yarp.ReverseProxy.Transforms;
using Yarp.ReverseProxy.Transforms.Builder;

namespace EatFast.Gateway;

/// <summary>
/// The mobile app reads answers flat, and the same thing under several names. What it asks for (<c>X-Platform: mobile</c>) carries the
/// members of <c>data</c> once more at the top, and the aliases of <see cref="MobileAliases"/>; nobody else's answer changes by a byte.
/// </summary>
internal static class MobileProjection
{
    private const string Header = "X-Platform";
    private const string Vary = "Vary";
    // More than any answer that the app shows; what is larger goes through as it is.
    private const int MostBytes = 1024 * 1024;
    private static readonly JsonWriterOptions AsWritten = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Apply(TransformBuilderContext builder) => builder.AddResponseTransform(async context =>
    {
        var http = context.HttpContext;
        if (context.ProxyResponse is not { IsSuccessStatusCode: true } answer || !IsPlainJson(answer) || HttpMethods.IsHead(http.Request.Method))
            return;
        var isMobile = http.Request.Headers[Header].ToString().Equals("mobile", StringComparison.OrdinalIgnoreCase);
        // A shared cache between us and the clients has to know that there are two of what may be kept.
        if (isMobile || http.Response.Headers.ETag.Count > 0)
            http.Response.Headers.Append(Vary, Header);
        if (!isMobile || answer.Content.Headers.ContentLength > MostBytes)
            return;
        context.SuppressResponseBody = true;
        await WriteAsync(http, await answer.Content.ReadAsStreamAsync(http.RequestAborted));
    });

    private static async Task WriteAsync(HttpContext http, Stream answer)
    {
        var ct = http.RequestAborted;
        using var read = new MemoryStream();
        var buffer = new byte[16 * 1024];
        for (var length = 1; length > 0 && read.Length <= MostBytes;)
        {
            length = await answer.ReadAsync(buffer, ct);
            read.Write(buffer, 0, length);
        }
        var body = new ReadOnlyMemory<byte>(read.GetBuffer(), 0, (int)read.Length);
        if (read.Length <= MostBytes && Flatten(body, MobileAliases.Of(http.Request)) is { } flat)
            http.Response.ContentLength = (body = flat).Length;
        await http.Response.Body.WriteAsync(body, ct);
        await answer.CopyToAsync(http.Response.Body, ct);
    }

    // Null for what is not in the envelope: the keys of RFC 7517, say.
    internal static ReadOnlyMemory<byte>? Flatten(ReadOnlyMemory<byte> body, IReadOnlyList<MobileAlias> aliases)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            if (json.RootElement.ValueKind != JsonValueKind.Object || !json.RootElement.TryGetProperty("data", out var data))
                return null;
            using var flat = new MemoryStream();
            using (var writer = new Utf8JsonWriter(flat, AsWritten))
                Write(writer, json.RootElement, data, aliases);
            return flat.ToArray();
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static void Write(Utf8JsonWriter writer, JsonElement root, JsonElement data, IReadOnlyList<MobileAlias> aliases)
    {
        var written = new HashSet<string>(StringComparer.Ordinal);
        writer.WriteStartObject();
        foreach (var member in root.EnumerateObject())
            WriteOnce(member.Name, member.Value);
        if (data.ValueKind == JsonValueKind.Object)
            foreach (var member in data.EnumerateObject())
                WriteOnce(member.Name, member.Value);
        foreach (var alias in aliases)
            if (alias.Find(data) is { } value)
                WriteOnce(alias.Name, value);
        writer.WriteEndObject();

        void WriteOnce(string name, JsonElement value)
        {
            // A member called error means a failure to the app, wherever it comes from.
            if (name == "error" || !written.Add(name))
                return;
            writer.WritePropertyName(name);
            value.WriteTo(writer);
        }
    }

    private static bool IsPlainJson(HttpResponseMessage answer) =>
        answer.Content.Headers is { ContentType.MediaType: "application/json", ContentEncoding.Count: 0 };
}
