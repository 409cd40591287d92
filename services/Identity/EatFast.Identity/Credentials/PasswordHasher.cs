using System.Diagnostics.Metrics;
using System.Globalization;
using System.Threading.RateLimiting;
using EatFast.Errors;
using BCryptHash = BCrypt.Net.BCrypt;

namespace EatFast.Identity.Credentials;

/// <summary>
/// bcrypt over SHA-384 (so no password is cut at 72 bytes). Each hash keeps a core busy on purpose, so only as many run as there
/// are cores, a short queue waits, and the rest are told to come back: a flood of sign-ins cannot starve everything else.
/// </summary>
internal sealed class PasswordHasher : IDisposable
{
    public const string VerificationsCounter = "eatfast.identity.password_verifications";
    public const int DefaultWorkFactor = 12;
    public const int DefaultQueue = 40;
    private readonly Meter _meter = new(Telemetry.Source);
    private readonly Counter<long> _verifications;
    private readonly ConcurrencyLimiter _limiter;
    private readonly int _workFactor;
    private readonly string _hashOfNobody;

    public PasswordHasher(int workFactor, int queue)
    {
        _workFactor = workFactor;
        _verifications = _meter.CreateCounter<long>(VerificationsCounter);
        _limiter = new(new()
        {
            PermitLimit = Environment.ProcessorCount,
            QueueLimit = queue,
            QueueProcessingOrder = QueueProcessingOrder.OldestFirst
        });
        _hashOfNobody = Compute("nobody's password");
    }

    public static PasswordHasher From(IConfiguration configuration) => new(
        configuration.GetValue("Security:BcryptWorkFactor", DefaultWorkFactor),
        configuration.GetValue("Security:HashingQueue", DefaultQueue));

    public Task<string> HashAsync(string password, CancellationToken ct) => RunAsync(() => Compute(password), ct);

    /// <summary>False for a wrong password and, after the very same work, for an account that does not exist.</summary>
    public async Task<bool> VerifyAsync(string password, string? hash, CancellationToken ct)
    {
        var matches = await RunAsync(() => Check(Composition.Of(password), hash ?? _hashOfNobody), ct);
        _verifications.Add(1);
        return matches && hash is not null;
    }

    public string Compute(string password) => BCryptHash.EnhancedHashPassword(Composition.Of(password), _workFactor);

    /// <summary>True for a hash of another work factor: its owner's next sign-in is the moment to make it anew.</summary>
    public bool IsOutdated(string hash) => CostOf(hash) != _workFactor;

    private bool Check(string password, string hash)
    {
        var matches = BCryptHash.EnhancedVerify(password, hash);
        // A cheaper hash of earlier days must not tell by its speed that the account exists: each step makes up for half of the rest.
        for (var cost = CostOf(hash); cost < _workFactor; cost++)
            BCryptHash.EnhancedHashPassword(password, cost);
        return matches;
    }

    // "$2a$12$..."
    private static int CostOf(string hash) => int.Parse(hash.AsSpan(4, 2), NumberStyles.None, CultureInfo.InvariantCulture);

    private async Task<TResult> RunAsync<TResult>(Func<TResult> work, CancellationToken ct)
    {
        using var permit = await _limiter.AcquireAsync(1, ct);
        return permit.IsAcquired ? await Task.Run(work, ct) : throw new RuleViolatedException("SERVICE_BUSY");
    }

    public void Dispose()
    {
        _limiter.Dispose();
        _meter.Dispose();
    }
}
