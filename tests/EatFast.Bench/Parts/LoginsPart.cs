using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using EatFast.Load;

namespace EatFast.Bench.Parts;

/// <summary>A flood of sign-ins, each of which keeps a core busy on purpose, beside the reads that everybody else does meanwhile.</summary>
internal static class LoginsPart
{
    private const int Accounts = 24;
    private const int Flood = 32;
    private const int Readers = 4;
    private const string Password = "Bench-Secret-1";

    public static async Task RunAsync(Figures figures, BenchOptions options, OwnSystem system)
    {
        Figures.Title($"Sign-ins ({Flood} at once, {Environment.ProcessorCount} cores)");
        using var http = new HttpClient { BaseAddress = system.Endpoints.Gateway };
        var emails = await RegisterAsync(http);
        var menu = new Uri(system.Endpoints.Gateway, ReadsPart.Menu);
        await OwnReads.RunAsync(menu, Readers, Math.Max(1, options.WarmUp / 6));
        var quiet = await OwnReads.RunAsync(menu, Readers, options.Seconds);

        using var enough = new CancellationTokenSource();
        var statuses = new ConcurrentDictionary<int, int>();
        var flood = Enumerable.Range(0, Flood).Select(worker => FloodAsync(http, emails, worker, statuses, enough.Token)).ToList();
        var busy = await OwnReads.RunAsync(menu, Readers, options.Seconds);
        await enough.CancelAsync();
        await Task.WhenAll(flood);

        var (signedIn, refused) = (statuses.GetValueOrDefault(200), statuses.GetValueOrDefault(503));
        figures.Add("logins.perSecond", "sign-ins", signedIn / (double)options.Seconds, "/s");
        figures.Add("logins.perCore", "  per core", signedIn / (double)options.Seconds / Environment.ProcessorCount, "/s");
        figures.Add("logins.refused", "  sent away with 503 and Retry-After", refused, "");
        figures.Add("logins.other", "  other answers", statuses.Where(pair => pair.Key is not (200 or 503)).Sum(pair => pair.Value), "");
        figures.Add("logins.reads.quiet.p99", "menu p99 without the flood", quiet.P99Ms, "ms");
        figures.Add("logins.reads.busy.p99", "menu p99 during the flood", busy.P99Ms, "ms");
        figures.Add("logins.reads.quiet.perSecond", "menus without the flood", quiet.PerSecond, "/s");
        figures.Add("logins.reads.busy.perSecond", "menus during the flood", busy.PerSecond, "/s");
        figures.Add("logins.reads.failures", "reads that failed during the flood", busy.Failures, "");
        figures.Goal("logins.goal", "goal: no read fails during the flood, and its p99 stays within 100 ms", busy.Failures == 0 && busy.P99Ms <= 100);
    }

    private static async Task<List<string>> RegisterAsync(HttpClient http)
    {
        var emails = new List<string>();
        for (var number = 0; number < Accounts; number++)
        {
            var email = $"bench{number}@example.cm";
            var body = new { firstName = "Bench", lastName = "Client", email, password = Password, phone = $"+23765200{number:D4}", role = "customer" };
            using var answer = await http.PostAsJsonAsync("/api/v1/auth/register", body);
            if (!answer.IsSuccessStatusCode)
                throw new LoadFailedException($"A customer cannot register: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
            emails.Add(email);
        }
        return emails;
    }

    private static async Task FloodAsync(
        HttpClient http, List<string> emails, int worker, ConcurrentDictionary<int, int> statuses, CancellationToken enough)
    {
        for (var attempt = worker; !enough.IsCancellationRequested; attempt++)
        {
            using var answer = await http.PostAsJsonAsync(
                "/api/v1/auth/login", new JsonObject { ["email"] = emails[attempt % emails.Count], ["password"] = Password }, CancellationToken.None);
            if (!enough.IsCancellationRequested)
                statuses.AddOrUpdate((int)answer.StatusCode, 1, (_, count) => count + 1);
        }
    }
}
