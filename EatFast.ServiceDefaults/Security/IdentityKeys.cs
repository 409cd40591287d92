using EatFast.Errors;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace EatFast.Security;

/// <summary>
/// Identity's published keys. A token of a key that is not known yet waits for a fresh look instead of being refused, so
/// rotating the key fails no request; forged key names cause one look every two seconds, however many they are.
/// </summary>
public sealed class IdentityKeys(IHttpClientFactory http, TimeProvider clock)
    : IConfigurationManager<OpenIdConnectConfiguration>, IDisposable
{
    internal const string Client = "jwks";
    private static readonly Uri Address = new("http://identity/.well-known/jwks.json");
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);
    private readonly SemaphoreSlim _gate = new(1);
    private Snapshot? _last;

    private sealed record Snapshot(OpenIdConnectConfiguration Keys, long TakenAt, TimeSpan GoodFor);

    public async Task<OpenIdConnectConfiguration> GetConfigurationAsync(CancellationToken cancel)
    {
        var last = _last;
        if (last is not null && clock.GetElapsedTime(last.TakenAt) < last.GoodFor)
            return last.Keys;
        try
        {
            return (await LookAsync(last, cancel)).Keys;
        }
        catch (Exception away) when (last is not null && !cancel.IsCancellationRequested && HttpErrors.IsOutage(away))
        {
            // The known keys are as good as they were: Identity's absence must not sign everybody out.
            _last = last with { TakenAt = clock.GetTimestamp(), GoodFor = Retry };
            return last.Keys;
        }
    }

    public void RequestRefresh()
    {
        // A key that is not known has been looked for before the token was judged.
    }

    /// <summary>Looks again when this key is not among the known ones, at most every two seconds: the others wait their turn.</summary>
    public async Task EnsureKnowsAsync(string? keyId, CancellationToken ct)
    {
        var last = _last;
        if (string.IsNullOrEmpty(keyId) || last is null || Knows(last, keyId))
            return;
        var wait = Pause - clock.GetElapsedTime(last.TakenAt);
        if (wait > TimeSpan.Zero)
            await Task.Delay(wait, clock, ct);
        if (!Knows(_last!, keyId))
            await LookAsync(last, ct);
    }

    private static bool Knows(Snapshot snapshot, string keyId) =>
        snapshot.Keys.SigningKeys.Any(key => string.Equals(key.KeyId, keyId, StringComparison.Ordinal));

    private async Task<Snapshot> LookAsync(Snapshot? seen, CancellationToken ct)
    {
        await _gate.WaitAsync(ct);
        try
        {
            // Somebody else has looked while we waited.
            if (_last is { } other && !ReferenceEquals(other, seen))
                return other;
            using var client = http.CreateClient(Client);
            var keys = new OpenIdConnectConfiguration { Issuer = Authentication.Issuer };
            foreach (var key in new JsonWebKeySet(await client.GetStringAsync(Address, ct)).GetSigningKeys())
                keys.SigningKeys.Add(key);
            return _last = new Snapshot(keys, clock.GetTimestamp(), Fresh);
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Dispose() => _gate.Dispose();
}
