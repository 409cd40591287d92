using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Nodes;
using EatFast.Http;
using EatFast.Ordering.Data;
using EatFast.Ordering.Domain;
using EatFast.Security;
using Microsoft.AspNetCore.Http.HttpResults;

namespace EatFast.Ordering.Features;

/// <summary>Many <c>events</c> at once, or one <c>event</c> as the older client writes it.</summary>
public sealed record TrackEventsRequest(
    [property: MinLength(1), MaxLength(50)] IReadOnlyList<TrackedEvent>? Events,
    [property: StringLength(40)] string? Event,
    [property: StringLength(60)] string? Category,
    JsonElement? Properties,
    Guid? Id,
    [property: StringLength(100)] string? SessionId,
    DateTimeOffset? OccurredAt,
    Guid? RestaurantId) : IValidatableObject
{
    internal IReadOnlyList<TrackedEvent> All => Events ?? [Single];

    private TrackedEvent Single => new(Event!, Id, SessionId, OccurredAt, RestaurantId, Properties, Category);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Events?.Any(happened => happened is null) == true)
            yield return new("An event must not be null.", [nameof(Events)]);
        if (Events is null == Event is null)
            yield return new("Send events, or one event.", [nameof(Events)]);
        if (Events is not null || Event is null)
            yield break;
        if (!TrackedEvent.IsName(Event))
            yield return new("A name has small letters, digits and underscores.", [nameof(Event)]);
        foreach (var found in Single.Validate(validationContext))
            yield return found;
    }
}

/// <summary>An id of the client's own makes an event safe to send again.</summary>
public sealed record TrackedEvent(
    [property: Required, RegularExpression(TrackedEvent.NamePattern)] string Name,
    Guid? Id,
    [property: StringLength(100)] string? SessionId,
    DateTimeOffset? OccurredAt,
    Guid? RestaurantId,
    JsonElement? Properties,
    [property: StringLength(60)] string? Category) : IValidatableObject
{
    private const string NamePattern = "^[a-z][a-z0-9_]{0,39}$";
    private const int LongestProperties = 4_000;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Properties is { } properties && (properties.ValueKind != JsonValueKind.Object || properties.GetRawText().Length > LongestProperties))
            yield return new($"Properties are an object of at most {LongestProperties} characters.", [nameof(Properties)]);
        else if (Properties is { } kept && !StorableJson.Is(kept))
            yield return new("This text or number cannot be stored.", [nameof(Properties)]);
        if (Name is not null && AnalyticsEvent.IsOurs(Name))
            yield return new("This is counted by the platform itself.", [nameof(Name)]);
    }

    internal static bool IsName(string name) => System.Text.RegularExpressions.Regex.IsMatch(name, NamePattern);

    internal string? Stored()
    {
        if (Category is null)
            return Properties?.GetRawText();
        // One by one, because the same name may be there twice.
        var kept = new JsonObject();
        foreach (var member in Properties?.EnumerateObject() ?? default)
            kept[member.Name] = JsonNode.Parse(member.Value.GetRawText());
        kept["category"] = Category;
        return kept.ToJsonString();
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
        var told = request.All.Select(happened => RowOf(happened, sender, user?.Id, now)).DistinctBy(row => row.Id).ToList();
        var accepted = await db.CountOnceAsync(told, ct);
        return Answer.Accepted(new TrackEventsResponse(accepted, request.All.Count - accepted));
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
            Properties = happened.Stored()
        };
    }
}
