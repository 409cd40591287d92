using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Threading.RateLimiting;
using EatFast.Data;
using EatFast.Errors;
using EatFast.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace EatFast.Http;

/// <summary>The stored first answer to an idempotency key, written in the same transaction as what the request changed.</summary>
public sealed class IdempotencyRecord
{
    public required string Principal { get; init; }
    public required string Key { get; init; }
    public required byte[] RequestHash { get; init; }
    public required int Status { get; init; }
    public string? Location { get; init; }
    public required byte[] Body { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
}

/// <summary>Makes a POST safe to repeat: put it on the route, and let the handler call <see cref="Remember"/> before it saves.</summary>
public static class Idempotency
{
    private const int LongestQueue = 200;
    private static readonly TimeSpan DoubleTap = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestTurn = TimeSpan.FromSeconds(5);

    // Equal requests wait here for the first one, instead of holding a database connection each until its row is committed.
    private static readonly PartitionedRateLimiter<Attempt> Turns = PartitionedRateLimiter.Create<Attempt, (string, string)>(attempt =>
        RateLimitPartition.GetConcurrencyLimiter(
            (attempt.Principal, attempt.Key), _ => new() { PermitLimit = 1, QueueLimit = LongestQueue }));

    private sealed record Attempt(string Principal, string Key, byte[] RequestHash, DateTimeOffset StartedAt);

    public static RouteHandlerBuilder WithIdempotency<TDb>(this RouteHandlerBuilder route) where TDb : DbContext =>
        route.AddEndpointFilterFactory((_, next) => async context => await Guard<TDb>(context, next));

    /// <summary>Adds the answer to what the handler is about to save, so that a repeat gets these very bytes.</summary>
    public static void Remember<T>(this DbContext db, HttpContext http, int status, string? location, Envelope<T> answer)
    {
        if (http.Items[typeof(Attempt)] is not Attempt attempt)
            return;
        var json = http.RequestServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;
        var record = new IdempotencyRecord
        {
            Principal = attempt.Principal,
            Key = attempt.Key,
            RequestHash = attempt.RequestHash,
            Status = status,
            Location = location,
            Body = Encoding.UTF8.GetBytes(CipherOf(http).Seal(JsonSerializer.Serialize(answer, json), PlaceOf(attempt))),
            CreatedAt = attempt.StartedAt
        };
        if (Defect.Is("read-then-insert-idempotency"))
            http.Items[typeof(IdempotencyRecord)] = record;
        else
            db.Add(record);
    }

    private static async ValueTask<object?> Guard<TDb>(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
        where TDb : DbContext
    {
        var http = context.HttpContext;
        var db = http.RequestServices.GetRequiredService<TDb>();
        var attempt = AttemptOf(context);
        using var turn = await TakeTurnAsync(attempt, http);
        if (await FindAsync(db, attempt, http.RequestAborted) is { } stored)
            return Replay(stored, attempt);

        http.Items[typeof(Attempt)] = attempt;
        if (Defect.Is("read-then-insert-idempotency"))
            return await AnswerThenInsertAsync(db, context, next);
        try
        {
            return await next(context);
        }
        catch (DbUpdateException lost) when (lost.IsDuplicate<IdempotencyRecord>(db))
        {
            // An equal request committed first on another replica: ours changed nothing, its answer is the answer.
            db.ChangeTracker.Clear();
            var winner = await FindAsync(db, attempt, http.RequestAborted);
            return winner is null ? throw new RuleViolatedException("IDEMPOTENCY_IN_PROGRESS") : Replay(winner, attempt);
        }
    }

    private static async Task<RateLimitLease?> TakeTurnAsync(Attempt attempt, HttpContext http)
    {
        if (Defect.Is("read-then-insert-idempotency"))
            return null;
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted);
        patience.CancelAfter(LongestTurn);
        try
        {
            var turn = await Turns.AcquireAsync(attempt, cancellationToken: patience.Token);
            if (turn.IsAcquired)
                return turn;
            turn.Dispose();
        }
        catch (OperationCanceledException) when (!http.RequestAborted.IsCancellationRequested)
        {
            // The first one is still at work.
        }
        throw new RuleViolatedException("IDEMPOTENCY_IN_PROGRESS");
    }

    // The seeded defect: the answer is stored after the effect has been committed, by a statement of its own.
    private static async Task<object?> AnswerThenInsertAsync(
        DbContext db, EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var answer = await next(context);
        try
        {
            if (context.HttpContext.Items[typeof(IdempotencyRecord)] is IdempotencyRecord record)
                db.Add(record);
            await db.SaveChangesAsync(context.HttpContext.RequestAborted);
        }
        catch (DbUpdateException lost) when (lost.IsDuplicate<IdempotencyRecord>(db))
        {
            db.ChangeTracker.Clear();
        }
        return answer;
    }

    private static Attempt AttemptOf(EndpointFilterInvocationContext context)
    {
        var http = context.HttpContext;
        var json = http.RequestServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;
        var principal = http.User.FindFirstValue("sub") ?? http.Request.Headers["X-Guest-Session"].ToString();
        var body = context.Arguments.FirstOrDefault(argument => argument?.GetType().Name.EndsWith("Request", StringComparison.Ordinal) == true);
        var request = $"{http.Request.Method} {http.Request.Path}\n{JsonSerializer.Serialize(body, json)}";
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(request));
        var given = http.Request.Headers["Idempotency-Key"].ToString();
        if (given.Length > 255)
            throw new BadHttpRequestException("Idempotency-Key must have at most 255 characters.");
        var key = given.Length > 0 ? $"key:{given}" : $"tap:{Convert.ToHexStringLower(hash)}";
        var clock = http.RequestServices.GetRequiredService<TimeProvider>();
        return new(principal, key, hash, clock.GetUtcNow());
    }

    private static async Task<IdempotencyRecord?> FindAsync(DbContext db, Attempt attempt, CancellationToken ct)
    {
        if (attempt.Key.StartsWith("tap:", StringComparison.Ordinal))
        {
            var expired = attempt.StartedAt - DoubleTap;
            await db.Set<IdempotencyRecord>()
                .Where(record => record.Principal == attempt.Principal && record.Key == attempt.Key && record.CreatedAt < expired)
                .ExecuteDeleteAsync(ct);
        }
        return await db.Set<IdempotencyRecord>().AsNoTracking()
            .SingleOrDefaultAsync(record => record.Principal == attempt.Principal && record.Key == attempt.Key, ct);
    }

    private static StoredAnswer Replay(IdempotencyRecord stored, Attempt attempt) =>
        stored.RequestHash.AsSpan().SequenceEqual(attempt.RequestHash)
            ? new StoredAnswer(stored, PlaceOf(attempt))
            : throw new RuleViolatedException("IDEMPOTENCY_KEY_REUSED");

    // An answer says what the person asked for and where it goes, so it rests sealed like all that does.
    private static FieldCipher CipherOf(HttpContext http) => http.RequestServices.GetRequiredService<AnswerCipher>().Cipher;

    private static string PlaceOf(Attempt attempt) => $"idempotency_keys|{attempt.Principal}|{Convert.ToHexStringLower(attempt.RequestHash)}";

    private sealed class StoredAnswer(IdempotencyRecord stored, string place) : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            var response = httpContext.Response;
            response.StatusCode = stored.Status;
            response.ContentType = "application/json; charset=utf-8";
            response.Headers["Idempotent-Replayed"] = "true";
            if (stored.Location is { } location)
                response.Headers.Location = location;
            // One from before they were sealed begins as JSON does.
            var isOpen = stored.Body is [(byte)'{', ..];
            var body = isOpen
                ? stored.Body
                : Encoding.UTF8.GetBytes(CipherOf(httpContext).Open(Encoding.UTF8.GetString(stored.Body), place));
            await response.Body.WriteAsync(body, httpContext.RequestAborted);
        }
    }
}

/// <summary>Seals the answers that are kept for repeats; its keys are derived once per process.</summary>
internal sealed class AnswerCipher(IConfiguration configuration)
{
    public FieldCipher Cipher { get; } = FieldCipher.From(configuration, "idempotency");
}
