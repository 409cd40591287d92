using System.Collections.Concurrent;
using System.Security.Cryptography;
using EatFast.ProviderSimulator.Http;

namespace EatFast.ProviderSimulator.Providers.CamPay;

/// <summary>The two ways in: the dashboard's permanent token, and one bought with the app's name and password for an hour.</summary>
internal sealed class CamPayTokens(CamPayOptions options, TimeProvider clock)
{
    private const int LifetimeSeconds = 3600;
    private const string Scheme = "Token ";

    private readonly ConcurrentDictionary<string, DateTimeOffset> issued = new();

    public bool Admits(string header)
    {
        if (!header.StartsWith(Scheme, StringComparison.Ordinal))
            return false;
        var token = header[Scheme.Length..].Trim();
        return token == options.Token || (issued.TryGetValue(token, out var expiresAt) && clock.GetUtcNow() < expiresAt);
    }

    public async Task<IResult> IssueAsync(HttpContext http)
    {
        if (await JsonInput.ReadObjectAsync(http.Request, http.RequestAborted) is not { } body)
            return CamPayErrors.Unparsable();
        foreach (var name in new[] { "username", "password" })
            if (body.Text(name) is not { Length: > 0 })
                return CamPayErrors.Required(name);
        if (body.Text("username") != options.Username || body.Text("password") != options.Password)
            return CamPayErrors.Field("non_field_errors", "Unable to log in with provided credentials.");

        Forget(clock.GetUtcNow());
        var token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(20));
        issued[token] = clock.GetUtcNow().AddSeconds(LifetimeSeconds);
        return CamPayJson.Answer(new { Token = token, ExpiresIn = LifetimeSeconds });
    }

    private void Forget(DateTimeOffset now)
    {
        foreach (var (token, _) in issued.Where(entry => entry.Value <= now))
            issued.TryRemove(token, out _);
    }
}
