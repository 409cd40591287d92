using System.Text.Json;
using EatFast.Errors;
using EatFast.Http;
using EatFast.Payments.Clients;
using EatFast.Payments.Data;
using EatFast.Payments.Domain;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Payments.Features;

public sealed record ReceiveStripeWebhookResponse(bool Received);

/// <summary>Stripe says that something happened to an intent, a refund or a dispute. Events come twice and in any order, so this makes us ask.</summary>
internal static class ReceiveStripeWebhook
{
    private const int LongestText = 100;

    public static void Map(IEndpointRouteBuilder webhooks) => webhooks
        .MapPost("/stripe", Handle)
        .WithName(nameof(ReceiveStripeWebhook))
        .WithSummary("Stripe's webhook");

    internal static async Task<Ok<Envelope<ReceiveStripeWebhookResponse>>> Handle(
        HttpRequest request, StripeSignature signature, CardDisputes disputes, PaymentsDbContext db, TimeProvider clock, CancellationToken ct)
    {
        using var raw = new MemoryStream();
        await request.Body.CopyToAsync(raw, ct);
        if (!signature.IsGenuine(request.Headers["Stripe-Signature"], raw.ToArray()))
            throw new RuleViolatedException("INVALID_SIGNATURE");
        if (CamPayJson.Parse(raw.ToArray()) is not { } body || Short(CamPayJson.Text(body, "id")) is not { } eventId
            || Short(CamPayJson.Text(body, "type")) is not { } type || SubjectOf(body) is not { } subject
            || Short(CamPayJson.Text(subject, "id")) is not { } reference)
            return Answer.Ok(new ReceiveStripeWebhookResponse(false));

        var now = clock.GetUtcNow();
        var external = subject.TryGetProperty("metadata", out var metadata) && metadata.ValueKind == JsonValueKind.Object
            ? Short(CamPayJson.Text(metadata, "reference"))
            : null;
        await db.Database.ExecuteSqlAsync($"""
            INSERT INTO payments.webhook_events (id, provider, reference, status, external_reference, received_at)
            VALUES ({Guid.CreateVersion7(now)}, {PaymentMethods.Stripe}, {reference}, {$"{type} {eventId}"}, {external}, {now})
            ON CONFLICT (provider, reference, status) DO NOTHING
            """, ct);
        await db.Attempts
            .Where(attempt => attempt.Provider == PaymentMethods.Stripe)
            .Where(attempt => attempt.ProviderReference == reference || attempt.ExternalReference == external)
            .Where(attempt => attempt.Status != AttemptStatus.Created && attempt.EndedAt == null)
            .ExecuteUpdateAsync(hint => hint.SetProperty(row => row.HintedReference, reference).SetProperty(row => row.DueAt, now), ct);
        // Who cannot be told of a dispute now is told again by Stripe, for days.
        if (type.StartsWith("charge.dispute.", StringComparison.Ordinal) && !await disputes.FollowAsync(reference, ct))
            throw new RuleViolatedException("SERVICE_UNAVAILABLE");
        return Answer.Ok(new ReceiveStripeWebhookResponse(true));
    }

    private static JsonElement? SubjectOf(JsonElement body) =>
        body.TryGetProperty("data", out var data) && data.ValueKind == JsonValueKind.Object
        && data.TryGetProperty("object", out var subject) && subject.ValueKind == JsonValueKind.Object ? subject : null;

    private static string? Short(string? text) => text is { Length: > 0 and <= LongestText } ? text : null;
}
