using System.Buffers;
using System.Text.Json;

namespace EatFast.Load.Http;

/// <summary>Writes request bodies.</summary>
internal static class Bodies
{
    public static byte[] Object(Action<Utf8JsonWriter> members)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            members(json);
            json.WriteEndObject();
        }
        return buffer.WrittenSpan.ToArray();
    }

    public static byte[] Status(string status) => Object(json => json.WriteString("status", status));
}
