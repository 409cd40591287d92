using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace EatFast.Tour;

/// <summary>
/// Calls the gateway and shows each call. Where a part is down it repeats the very same call, key included, for 30 s:
/// a service that was killed only makes the tour slower.
/// </summary>
internal sealed class TourApi(Uri gateway, Printer printer) : IDisposable
{
    private readonly HttpClient _http = new() { BaseAddress = gateway, Timeout = TimeSpan.FromSeconds(20) };

    private sealed record Answer(int Status, JsonNode? Body, double Milliseconds);

    public Task<JsonNode> GetAsync(Person? by, string path) => CallAsync(HttpMethod.Get, by, path, null);

    public Task<JsonNode> PostAsync(Person? by, string path, object? body = null) => CallAsync(HttpMethod.Post, by, path, body);

    public Task<JsonNode> PutAsync(Person by, string path, object body) => CallAsync(HttpMethod.Put, by, path, body);

    /// <summary>Asks until the answer is what the tour waits for; only the last answer is shown.</summary>
    public async Task<JsonNode> WaitAsync(Person by, string path, string what, Func<JsonNode, bool> condition)
    {
        printer.Waiting(what, Patience.ForEffects);
        printer.Request("GET", path, null);
        Answer? last = null;
        var found = await Patience.TryAsync(Patience.ForEffects, async () =>
        {
            last = await SendPatientlyAsync(HttpMethod.Get, by, path, null);
            return last.Status < 400 && condition(DataOf(last)) ? last : null;
        });
        printer.Answer(last!.Status, last.Milliseconds, DataOf(last));
        return found is null ? throw new TourFailedException($"Waited in vain until {what}.") : DataOf(found);
    }

    private async Task<JsonNode> CallAsync(HttpMethod method, Person? by, string path, object? body)
    {
        var json = body is null ? null : JsonSerializer.SerializeToNode(body, JsonSerializerOptions.Web);
        printer.Request(method.Method, path, json);
        var answer = await SendPatientlyAsync(method, by, path, json);
        var data = DataOf(answer);
        printer.Answer(answer.Status, answer.Milliseconds, data);
        return answer.Status < 400
            ? data
            : throw new TourFailedException(
                $"{method} {path} was refused: {answer.Status} {(string?)data["error_code"]}: {(string?)data["message"]}");
    }

    private async Task<Answer> SendPatientlyAsync(HttpMethod method, Person? by, string path, JsonNode? body)
    {
        var key = Guid.NewGuid();
        var answer = await Patience.TryAsync(Patience.ForOutages, () => TrySendAsync(method, by, path, body, key));
        return answer ?? throw new TourFailedException(
            $"{method} {path}: no answer for {Patience.ForOutages.TotalSeconds:0} s. Is EatFast running at {gateway}?");
    }

    private async Task<Answer?> TrySendAsync(HttpMethod method, Person? by, string path, JsonNode? body, Guid key)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Content = body is null ? null : JsonContent.Create(body);
        request.Headers.Authorization = by is null ? null : new AuthenticationHeaderValue("Bearer", by.Token);
        if (method == HttpMethod.Post)
            request.Headers.Add("Idempotency-Key", $"{key}");
        var started = Stopwatch.GetTimestamp();
        try
        {
            using var response = await _http.SendAsync(request);
            var text = await response.Content.ReadAsStringAsync();
            var status = (int)response.StatusCode;
            var mayGoOnSoon = status == 429 && response.Headers.RetryAfter?.Delta < Patience.ForOutages;
            if (!mayGoOnSoon && status is not (502 or 503 or 504))
                return new(status, ParseOrNull(text), Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            printer.Again(mayGoOnSoon ? "429: many calls from here, the same call again" : $"{status}: a part is down, the same call again");
        }
        catch (Exception away) when (away is HttpRequestException or TaskCanceledException)
        {
            printer.Again("no answer, the same call again");
        }
        return null;
    }

    private static JsonNode? ParseOrNull(string text) => text.StartsWith('{') ? JsonNode.Parse(text) : null;

    private static JsonNode DataOf(Answer answer) => answer.Body?["data"] ?? answer.Body ?? new JsonObject();

    public void Dispose() => _http.Dispose();
}
