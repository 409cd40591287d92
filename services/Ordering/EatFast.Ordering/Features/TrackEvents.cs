using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using EatFast.Http;
using EatFast.Ordering.Data;
using EatFast.Ordering.Domain;
using EatFast.Security;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Ordering.Features;

public sealed record TrackEventsRequest([property: Required, MinLength(1), MaxLength(50)] IReadOnlyList<TrackedEvent> Events) : IValidatableObject
{
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Events?.Any(happened => happened is null) == true)
            yield return new("An event must not be null.", [nameof(Events)]);
    }
}

/// <summary>An id of the client's own makes an event safe to send again.</summary>
public sealed record TrackedEvent(
    [property: Required, RegularExpression("^[a-z][a-z0-9_]{0,39}$")] string Name,
    Guid? Id,
    [property: StringLength(100)] string? SessionId,
    DateTimeOffset? OccurredAt,
    Guid? RestaurantId,
    JsonElement? Properties) : IValidatableObject
{
    private const int LongestProperties = 4_000;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Properties is { } properties && (properties.ValueKind != JsonValueKind.Object || properties.GetRawText().Length > LongestProperties))
            yield return new($"Properties are an object of at most {LongestProperties} characters.", [nameof(Properties)]);
        if (Name?.StartsWith("order_", StringComparison.Ordinal) == true || Name?.StartsWith("payment_", StringComparison.Ordinal) == true)
            yield return new("Orders and payments are counted by the platform itself.", [nameof(Name)]);
    }
}

public sealed record TrackEventsResponse(int Accepted, int Repeated);

/// <summary>Clients tell what happened on a screen; it is stored as told, with the time corrected where a clock is far off.</summary>
internal static class TrackEvents
{
    private static readonly TimeSpan Oldest = TimeSpan.FromHours(72);

    public static void Map(IEndpointRouteBuilder analytics) => analytics
        .MapPost("/track", Handle)
        .AllowAnonymous()
        .WithName(nameof(TrackEvents))
        .WithSummary("Tell what happened in a client");

    internal static async Task<Accepted<Envelope<TrackEventsResponse>>> Handle(
        TrackEventsRequest request, HttpContext http, OrderingDbContext db, TimeProvider clock, CancellationToken ct)
    {
        var (now, user) = (clock.GetUtcNow(), CurrentUser.From(http.User));
        // An id is only the sender's own: nobody can take another one's place in the table.
        var sender = user?.Id.ToString("N") ?? "anyone";
        var told = request.Events.Select(happened => RowOf(happened, sender, user?.Id, now)).DistinctBy(row => row.Id).ToList();
        var ids = told.ConvertAll(row => row.Id);
        var known = await db.Analytics.Where(row => ids.Contains(row.Id)).Select(row => row.Id).ToListAsync(ct);
        var fresh = told.FindAll(row => !known.Contains(row.Id));
        db.AddRange(fresh);
        await db.SaveChangesAsync(ct);
        return Answer.Accepted(new TrackEventsResponse(fresh.Count, request.Events.Count - fresh.Count));
    }

    private static AnalyticsEvent RowOf(TrackedEvent happened, string sender, Guid? userId, DateTimeOffset now)
    {
        var at = happened.OccurredAt?.ToUniversalTime() ?? now;
        return new()
        {
            Id = happened.Id is { } id ? AnalyticsEvent.IdOf($"client {sender} {id:N}") : Guid.CreateVersion7(now),
            Name = happened.Name,
            OccurredAt = at > now || at < now - Oldest ? now : at,
            RecordedAt = now,
            UserId = userId,
            SessionId = happened.SessionId,
            RestaurantId = happened.RestaurantId,
            Properties = happened.Properties?.GetRawText()
        };
    }
}
