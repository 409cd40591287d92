using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using EatFast.Load.Journal;
using EatFast.Load.Measuring;

namespace EatFast.Load.Http;

/// <summary>Sends calls to the gateway: measured, journalled, and repeated with the same key while an outage lasts.</summary>
internal sealed class Api(LoadOptions options, string run, Recorder recorder, JournalWriter? journal, TimeProvider clock) : IDisposable
{
    private static readonly MediaTypeHeaderValue JsonContent = new("application/json") { CharSet = "utf-8" };
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);

    // No HttpClient: its defaults and timers cost as much as the request, on a machine that the tested system shares.
    private readonly HttpMessageInvoker _http = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
        ActivityHeadersPropagator = null,
        ConnectTimeout = TimeSpan.FromSeconds(5),
        PooledConnectionIdleTimeout = TimeSpan.FromSeconds(60)
    });

    public Sessions Sessions => field ??= new Sessions(this, clock);

    /// <summary>The first answer that is not an outage. Throws NoAnswerException when patience is over.</summary>
    public async Task<Answer> SendAsync(Call call, CancellationToken ct)
    {
        var due = call.Due == 0 ? clock.GetTimestamp() : call.Due;
        for (var attempt = 1; ; attempt++)
        {
            if (call.By is { } person)
                await Sessions.KeepAsync(person, ct);
            var answer = await AttemptAsync(call, attempt, ct);
            var waited = clock.GetElapsedTime(due);
            if (answer.Status == 401 && call.By is { } expired && attempt == 1)
            {
                await Sessions.RenewAsync(expired, ct);
                continue;
            }
            if (!answer.IsOutage)
            {
                recorder.Call(call.Name, answer.Status, waited.TotalMilliseconds);
                return answer;
            }
            if (waited > options.Patience)
            {
                recorder.Call(call.Name, answer.Status, waited.TotalMilliseconds);
                throw new NoAnswerException(call.Name, attempt, answer.Failure ?? $"{answer.Status}");
            }
            await Task.Delay(PauseAfter(answer, attempt), clock, ct);
        }
    }

    /// <summary>Sends once and only says what came back.</summary>
    public async Task<RepeatedAnswer> RepeatAsync(Call call, CancellationToken ct)
    {
        await Sessions.KeepAsync(call.By!, ct);
        var answer = await ExchangeAsync(call, ct);
        return new(answer.Status, HashOf(answer.Body), answer.Replayed);
    }

    private async Task<Answer> AttemptAsync(Call call, int attempt, CancellationToken ct)
    {
        if (journal is not null && call.IsJournalled)
            await journal.WriteAsync(Line(call, attempt, JournalRecord.Sent) with
            {
                Method = call.Method.Method,
                Path = call.Path,
                Body = call.Body is null ? null : Encoding.UTF8.GetString(call.Body)
            });
        var started = clock.GetTimestamp();
        var answer = await ExchangeAsync(call, ct);
        recorder.Attempt(call.Name, answer.Status, clock.GetElapsedTime(started).TotalMilliseconds, attempt > 1);
        if (journal is not null && call.IsJournalled)
            journal.Write(Outcome(call, attempt, answer));
        return answer;
    }

    private async Task<Answer> ExchangeAsync(Call call, CancellationToken ct)
    {
        using var request = RequestOf(call);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(options.AnswerWithin);
        try
        {
            using var response = await _http.SendAsync(request, limit.Token);
            var body = await response.Content.ReadAsByteArrayAsync(limit.Token);
            var replayed = response.Headers.Contains("Idempotent-Replayed");
            return new((int)response.StatusCode, body, replayed, response.Headers.RetryAfter?.Delta, null);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return new(0, [], false, null, "timeout");
        }
        catch (HttpRequestException)
        {
            return new(0, [], false, null, "connection");
        }
        catch (IOException)
        {
            return new(0, [], false, null, "connection");
        }
    }

    private HttpRequestMessage RequestOf(Call call)
    {
        var request = new HttpRequestMessage(call.Method, new Uri(options.Gateway, call.Path));
        if (call.By is { Token.Length: > 0 } person)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", person.Token);
        if (call.Key is { } key)
            request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        if (call.Body is { } body)
            request.Content = new ByteArrayContent(body) { Headers = { ContentType = JsonContent } };
        return request;
    }

    private JournalRecord Line(Call call, int attempt, string @event) => new()
    {
        At = clock.GetUtcNow(),
        Event = @event,
        Run = run,
        Flow = call.Flow,
        Call = call.Name,
        Attempt = attempt,
        Principal = call.By!.Id,
        Key = call.Key,
        OrderId = call.OrderId
    };

    private JournalRecord Outcome(Call call, int attempt, Answer answer) => answer.Status == 0
        ? Line(call, attempt, JournalRecord.Lost) with { Failure = answer.Failure }
        : Line(call, attempt, JournalRecord.Answered) with
        {
            Status = answer.Status,
            AnswerHash = HashOf(answer.Body),
            Replayed = answer.Replayed,
            ErrorCode = answer.ErrorCode,
            OrderId = call.OrderId ?? answer.DataId("orderId"),
            PaymentId = call.Name == Calls.Pay ? answer.DataId("paymentId") : null
        };

    // Apart from each other, or all who met the same outage would come back at the same moment.
    private static TimeSpan PauseAfter(Answer answer, int attempt)
    {
        var pause = answer.RetryAfter ?? FirstPause * attempt;
        return (pause < LongestPause ? pause : LongestPause) * (0.75 + Random.Shared.NextDouble() / 2);
    }

    private static string HashOf(byte[] body) => Convert.ToHexStringLower(SHA256.HashData(body));

    public void Dispose() => _http.Dispose();
}
