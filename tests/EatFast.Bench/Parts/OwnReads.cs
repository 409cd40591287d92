using System.Diagnostics;

namespace EatFast.Bench.Parts;

/// <summary>Reads over connections that stay open, one request at a time on each; where wrk is not installed.</summary>
internal static class OwnReads
{
    public static async Task<Reads> RunAsync(Uri address, int connections, int seconds)
    {
        using var http = NewClient();
        var (started, length) = (Stopwatch.GetTimestamp(), TimeSpan.FromSeconds(seconds));
        var workers = await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => Task.Run(async () =>
        {
            var (times, failures) = (new List<double>(), 0L);
            while (Stopwatch.GetElapsedTime(started) < length)
            {
                if (await TimeAsync(http, address) is { } milliseconds)
                    times.Add(milliseconds);
                else
                    failures++;
            }
            return (times, failures);
        })));
        var all = workers.SelectMany(worker => worker.times).Order().ToList();
        return new(all.Count / (double)seconds, At(all, 0.5), At(all, 0.99), workers.Sum(worker => worker.failures));
    }

    public static HttpMessageInvoker NewClient() => new(new SocketsHttpHandler { ActivityHeadersPropagator = null, UseCookies = false });

    /// <summary>Milliseconds, or null for an answer other than 2xx.</summary>
    public static async Task<double?> TimeAsync(HttpMessageInvoker http, Uri address)
    {
        var sent = Stopwatch.GetTimestamp();
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        using var response = await http.SendAsync(request, CancellationToken.None);
        await response.Content.CopyToAsync(Stream.Null);
        return response.IsSuccessStatusCode ? Stopwatch.GetElapsedTime(sent).TotalMilliseconds : null;
    }

    /// <summary>The value below which this share of the ordered values lies.</summary>
    public static double At(List<double> ordered, double share) =>
        ordered.Count == 0 ? 0 : ordered[Math.Min(ordered.Count - 1, (int)(ordered.Count * share))];
}
