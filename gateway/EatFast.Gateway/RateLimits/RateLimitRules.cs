using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using EatFast.Http;
using EatFast.Security;
using Microsoft.AspNetCore.Routing.Template;
using Microsoft.Extensions.Options;

namespace EatFast.Gateway.RateLimits;

/// <summary>Finds the counts that a request takes part in. Names of counts are hashes: no address or e-mail rests in Redis.</summary>
internal sealed class RateLimitRules(IOptions<RateLimitOptions> options, IConfiguration configuration)
{
    private const string Anonymous = "anonymous";
    private const int LongestBody = 64 * 1024;
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly byte[] _key = Secrets.DeriveKey(configuration.RequireSecret("Security:InternalKey"), "gateway/rate-limits");
    private readonly Matcher[] _matchers =
        [.. from rule in options.Value.Rules from path in rule.Value.Paths select new Matcher(rule.Key, rule.Value, path)];

    public async Task<IReadOnlyList<Quota>> OfAsync(HttpContext http)
    {
        var caller = http.User.FindFirstValue("sub");
        var matching = Array.FindAll(_matchers, matcher => matcher.Matches(http.Request));
        var quotas = new List<Quota>(matching.Length + 1);
        foreach (var matcher in matching)
            if (await PartitionOfAsync(matcher.Rule.By, caller, http) is { } partition)
                quotas.Add(new(NameOf(matcher.Name, partition), matcher.Rule.Limit, matcher.Rule.Window));
        if (!Array.Exists(matching, matcher => matcher.Rule.IsAlone))
            quotas.Add(GeneralOf(caller, http));
        return quotas;
    }

    private Quota GeneralOf(string? caller, HttpContext http)
    {
        var perMinute = options.Value.PerMinute;
        var role = caller is null ? Anonymous : http.User.FindFirstValue("role") ?? Anonymous;
        var limit = perMinute.TryGetValue(role, out var own) ? own : perMinute.GetValueOrDefault(Anonymous, 60);
        return new(NameOf("general", CallerOf(caller, http)), limit, Minute);
    }

    private static async Task<string?> PartitionOfAsync(string by, string? caller, HttpContext http) => by switch
    {
        "route" => "everybody",
        "address" => AddressOf(http),
        // From this network: five bad requests of a stranger must not keep the owner out. Guesses from everywhere are Identity's to count.
        "account" => await AccountOfAsync(http.Request) is { } account ? $"{account}|{AddressOf(http)}" : null,
        _ => CallerOf(caller, http)
    };

    private static string CallerOf(string? caller, HttpContext http) => caller is null ? AddressOf(http) : $"user:{caller}";

    // The connection's own address, or what a configured proxy says of it: never a header of the client.
    private static string AddressOf(HttpContext http) =>
        $"net:{ClientAddress.NetworkOf(http.Connection.RemoteIpAddress?.ToString() ?? "")}";

    /// <summary>The account that somebody tries to sign in to; an unreadable body names none, and the service refuses it.</summary>
    private static async Task<string?> AccountOfAsync(HttpRequest request)
    {
        if (request.ContentLength is > LongestBody)
            return null;
        request.EnableBuffering(LongestBody, 2 * LongestBody);
        try
        {
            using var body = await JsonDocument.ParseAsync(request.Body, new() { MaxDepth = 8 }, request.HttpContext.RequestAborted);
            return body.RootElement.ValueKind == JsonValueKind.Object && body.RootElement.TryGetProperty("email", out var email)
                && email.ValueKind == JsonValueKind.String ? $"account:{email.GetString()!.Trim().ToLowerInvariant()}" : null;
        }
        catch (Exception unreadable) when (unreadable is JsonException or InvalidOperationException)
        {
            return null;
        }
        finally
        {
            request.Body.Position = 0;
        }
    }

    private string NameOf(string rule, string partition) =>
        $"rate:{rule}:{Convert.ToHexStringLower(HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(partition)).AsSpan(0, 12))}";

    private sealed class Matcher(string name, RateLimitRule rule, string path)
    {
        private readonly TemplateMatcher _template = new(TemplateParser.Parse(path.TrimStart('/')), []);

        public string Name => name;

        public RateLimitRule Rule => rule;

        public bool Matches(HttpRequest request) =>
            (rule.Methods.Length == 0 || rule.Methods.Contains(request.Method, StringComparer.OrdinalIgnoreCase))
            && _template.TryMatch(request.Path, []);
    }
}
