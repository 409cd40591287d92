using System.Text.Json;
using System.Text.Json.Serialization;
using Polly.Timeout;

namespace EatFast.Payments.Clients;

/// <summary>The access token: the permanent one, or one fetched once for all callers and kept until a minute before its end.</summary>
internal sealed class CamPayTokens(CamPayOptions options, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(60);
    private readonly SemaphoreSlim _oneAtATime = new(1, 1);
    private Fetched? _current;

    public async Task<string> GetAsync(HttpClient http, CancellationToken ct)
    {
        if (options.Token is { } permanent)
            return permanent;
        if (_current is { } usable && usable.Until > clock.GetUtcNow())
            return usable.Token;
        await _oneAtATime.WaitAsync(ct);
        try
        {
            if (_current is { } fresh && fresh.Until > clock.GetUtcNow())
                return fresh.Token;
            _current = await FetchAsync(http, ct);
            return _current.Token;
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    /// <summary>True when a refused token can be replaced by a new one.</summary>
    public bool Discard(string refused)
    {
        if (options.Token is not null)
            return false;
        if (_current is { } current && current.Token == refused)
            _current = null;
        return true;
    }

    public void Dispose() => _oneAtATime.Dispose();

    private async Task<Fetched> FetchAsync(HttpClient http, CancellationToken ct)
    {
        try
        {
            using var answer = await http.PostAsJsonAsync("token/", new { username = options.Username, password = options.Password }, ct);
            answer.EnsureSuccessStatusCode();
            var token = (await answer.Content.ReadFromJsonAsync<TokenAnswer>(ct))!;
            return new Fetched(token.Token, clock.GetUtcNow() + TimeSpan.FromSeconds(token.ExpiresIn) - Margin);
        }
        catch (Exception failure) when (failure is HttpRequestException or TimeoutRejectedException or JsonException)
        {
            // Said as a failed connection: what needed the token was never sent.
            throw new HttpRequestException(HttpRequestError.ConnectionError, "CamPay gives no token.", failure);
        }
    }

    private sealed record Fetched(string Token, DateTimeOffset Until);

    private sealed record TokenAnswer(
        [property: JsonPropertyName("token")] string Token, [property: JsonPropertyName("expires_in")] long ExpiresIn);
}
