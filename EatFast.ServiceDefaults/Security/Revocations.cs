using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Http.Json;
using System.Security.Claims;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EatFast.Security;

/// <summary>What ended before its tokens did, as Identity tells it; <c>Until</c> is the moment from which to ask next time.</summary>
public sealed record RevocationList(
    DateTimeOffset Until, IReadOnlyList<RevokedUser> Users, IReadOnlyList<RevokedSession> Sessions);

/// <summary>Of this account only tokens of at least this version are good.</summary>
public sealed record RevokedUser(Guid Id, int MinimumVersion, DateTimeOffset At);

public sealed record RevokedSession(Guid Id, DateTimeOffset At);

/// <summary>Where revocations come from: Identity reads its own tables, everybody else asks Identity.</summary>
public interface IRevocationSource
{
    Task<RevocationList> ReadAsync(DateTimeOffset? since, CancellationToken ct);
}

/// <summary>
/// Suspended accounts, changed roles and ended sessions of the last minutes, kept in memory in every process and renewed every
/// few seconds: a check costs nothing, and neither Redis nor a neighbour has to answer for a request to be judged.
/// </summary>
public sealed class Revocations(
    IRevocationSource source, TimeProvider clock, IConfiguration configuration, ILogger<Revocations> logger) : BackgroundService
{
    public const string VersionClaim = "ver";
    public const string SessionClaim = "sid";

    /// <summary>An access token lives for 15 minutes and is accepted a minute longer.</summary>
    public static readonly TimeSpan Memory = TimeSpan.FromMinutes(17);

    // A change that was stamped before the last look may have been committed after it.
    private static readonly TimeSpan Overlap = TimeSpan.FromMinutes(2);
    private readonly ConcurrentDictionary<Guid, RevokedUser> _users = new();
    private readonly ConcurrentDictionary<Guid, RevokedSession> _sessions = new();
    private readonly SemaphoreSlim _gate = new(1);
    private DateTimeOffset? _until;

    public bool IsRevoked(ClaimsPrincipal principal) =>
        (Guid.TryParse(principal.FindFirstValue("sub"), out var user) && _users.TryGetValue(user, out var revoked)
            && VersionOf(principal) < revoked.MinimumVersion)
        || (Guid.TryParse(principal.FindFirstValue(SessionClaim), out var session) && _sessions.ContainsKey(session));

    /// <summary>Before the first look nothing is known, so the first request waits for it.</summary>
    public Task EnsureLoadedAsync(CancellationToken ct) => _until is null ? LookAsync(onlyFirst: true, ct) : Task.CompletedTask;

    /// <summary>Takes over what is new since the last look.</summary>
    public Task LookAsync(CancellationToken ct) => LookAsync(onlyFirst: false, ct);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(configuration.GetValue("Security:RevocationPoll", TimeSpan.FromSeconds(5)), clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await LookAsync(stoppingToken);
            }
            catch (Exception away) when (!stoppingToken.IsCancellationRequested)
            {
                logger.LogWarning("Revocations cannot be read and are tried again: {Reason}", away.Message);
            }
        }
    }

    private async Task LookAsync(bool onlyFirst, CancellationToken ct)
    {
        await _gate.WaitAsync(ct);
        try
        {
            if (onlyFirst && _until is not null)
                return;
            var list = await source.ReadAsync(_until - Overlap, ct);
            foreach (var user in list.Users)
                _users.AddOrUpdate(user.Id, user, (_, known) => known.MinimumVersion > user.MinimumVersion ? known : user);
            foreach (var session in list.Sessions)
                _sessions[session.Id] = session;
            _until = list.Until;
            Forget(list.Until - Memory);
        }
        finally
        {
            _gate.Release();
        }
    }

    private void Forget(DateTimeOffset before)
    {
        foreach (var (id, user) in _users)
            if (user.At < before)
                _users.TryRemove(KeyValuePair.Create(id, user));
        foreach (var (id, session) in _sessions)
            if (session.At < before)
                _sessions.TryRemove(KeyValuePair.Create(id, session));
    }

    private static int VersionOf(ClaimsPrincipal principal)
    {
        var claim = principal.FindFirstValue(VersionClaim);
        return int.TryParse(claim, NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : 0;
    }

    public override void Dispose()
    {
        _gate.Dispose();
        base.Dispose();
    }
}

/// <summary>Asks Identity over HTTP, on a path that the gateway does not forward.</summary>
internal sealed class RemoteRevocations(IHttpClientFactory http) : IRevocationSource
{
    public async Task<RevocationList> ReadAsync(DateTimeOffset? since, CancellationToken ct)
    {
        var query = since is { } from ? $"?since={Uri.EscapeDataString(from.ToString("O", CultureInfo.InvariantCulture))}" : "";
        using var client = http.CreateClient(IdentityKeys.Client);
        return await client.GetFromJsonAsync<RevocationList>(new Uri($"http://identity/internal/revocations{query}"), ct)
            ?? throw new HttpRequestException("Identity answered without a list.");
    }
}
