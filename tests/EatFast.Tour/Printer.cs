using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace EatFast.Tour;

/// <summary>The tour on the screen: steps, calls, answers, and events as they come in between.</summary>
internal sealed class Printer(bool quiet)
{
    private const int Widest = 150;
    private const int LongestText = 48;
    private const int MostItems = 2;
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly string[] Secret = ["password", "token", "accessToken", "refreshToken"];

    private readonly bool _colours = !Console.IsOutputRedirected && Environment.GetEnvironmentVariable("NO_COLOR") is null;
    private readonly Lock _gate = new();
    private int _step;

    public void Title(string text) => Write("\n" + Paint("1", text));

    public void Step(string text) => Write($"\n{Paint("1;36", $"{++_step,2}")}  {Paint("1", text)}");

    public void Request(string method, string path, JsonNode? body) =>
        Detail($"    {Paint("36", "→")} {method,-4} {path}{(body is null ? "" : "  " + Paint("2", Shorten(body)))}");

    public void Answer(int status, double milliseconds, JsonNode data) =>
        Detail(string.Create(
            CultureInfo.InvariantCulture,
            $"    {Paint(status < 400 ? "32" : "31", $"← {status}")} {milliseconds,5:0} ms  {Paint("2", Shorten(data))}"));

    public void Event(string listener, string name, JsonNode payload) =>
        Detail($"      {Paint("35", "♪")} {listener} hears {Paint("35", name)}  {Paint("2", Shorten(payload))}");

    public void Waiting(string what, TimeSpan limit) =>
        Detail($"    {Paint("33", "…")} waiting until {what} (at most {limit.TotalSeconds:0} s)");

    public void Again(string why) => Write($"    {Paint("33", "↻")} {why}");

    public void Note(string text) => Detail($"      {text}");

    public void Fact(bool isTrue, string text) => Write($"  {(isTrue ? Paint("32", "✔") : Paint("31", "✘"))} {text}");

    public void Failure(string text) => Write($"\n  {Paint("31", "✘")} {text}");

    private void Detail(string line)
    {
        if (!quiet)
            Write(line);
    }

    // Events arrive on other threads.
    private void Write(string line)
    {
        lock (_gate)
            Console.WriteLine(line);
    }

    private string Paint(string code, string text) => _colours ? $"\u001b[{code}m{text}\u001b[0m" : text;

    private static string Shorten(JsonNode node)
    {
        var text = Trim(node)?.ToJsonString(Plain) ?? "null";
        return text.Length <= Widest ? text : text[..Widest] + "…";
    }

    private static JsonNode? Trim(JsonNode? node) => node switch
    {
        JsonObject members => new JsonObject(members.Select(member =>
            KeyValuePair.Create(member.Key, Secret.Contains(member.Key) ? "…" : Trim(member.Value)))),
        JsonArray items when items.Count > MostItems =>
            ArrayOf(items.Take(MostItems).Select(Trim).Append($"… {items.Count - MostItems} more")),
        JsonArray items => ArrayOf(items.Select(Trim)),
        JsonValue value when value.TryGetValue<string>(out var text) => Guid.TryParse(text, out _) ? $"…{text[^6..]}" : Cut(text),
        _ => node?.DeepClone()
    };

    private static string Cut(string text) => text.Length <= LongestText ? text : text[..LongestText] + "…";

    private static JsonArray ArrayOf(IEnumerable<JsonNode?> items) => new([.. items]);
}
