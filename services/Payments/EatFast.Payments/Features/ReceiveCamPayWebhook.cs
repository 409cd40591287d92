using System.Text.Json;
using EatFast.Errors;
using EatFast.Http;
using EatFast.Payments.Clients;
using EatFast.Payments.Data;
using EatFast.Payments.Domain;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Payments.Features;

public sealed record ReceiveCamPayWebhookResponse(bool Received);

/// <summary>CamPay says that something ended. Its signature does not cover the content, so this only makes us ask CamPay at once.</summary>
internal static class ReceiveCamPayWebhook
{
    private const int LongestReference = 100;

    public static void Map(IEndpointRouteBuilder webhooks)
    {
        webhooks.MapPost("/campay", HandlePost).WithName(nameof(ReceiveCamPayWebhook)).WithSummary("CamPay's webhook");
        webhooks.MapGet("/campay", HandleGet).WithName($"{nameof(ReceiveCamPayWebhook)}ByGet").WithSummary("CamPay's webhook, as a query");
    }

    internal static async Task<Ok<Envelope<ReceiveCamPayWebhookResponse>>> HandlePost(
        HttpRequest request, CamPaySignature signature, PaymentsDbContext db, TimeProvider clock, CancellationToken ct)
    {
        using var raw = new MemoryStream();
        await request.Body.CopyToAsync(raw, ct);
        var body = CamPayJson.Parse(raw.ToArray());
        return await ReceiveAsync(name => body is { } read ? TextOf(read, name) : null, signature, db, clock, ct);
    }

    internal static Task<Ok<Envelope<ReceiveCamPayWebhookResponse>>> HandleGet(
        HttpRequest request, CamPaySignature signature, PaymentsDbContext db, TimeProvider clock, CancellationToken ct) =>
        ReceiveAsync(name => request.Query[name].FirstOrDefault(), signature, db, clock, ct);

    // The signature is longer than any other text that is believed.
    private static string? TextOf(JsonElement body, string name) => name == "signature"
        ? body.TryGetProperty(name, out var token) && token.ValueKind == JsonValueKind.String ? token.GetString() : null
        : CamPayJson.Text(body, name);

    private static async Task<Ok<Envelope<ReceiveCamPayWebhookResponse>>> ReceiveAsync(
        Func<string, string?> field, CamPaySignature signature, PaymentsDbContext db, TimeProvider clock, CancellationToken ct)
    {
        if (!signature.IsGenuine(field("signature")))
            throw new RuleViolatedException("INVALID_SIGNATURE");
        var (reference, external, status) = (Short(field("reference")), Short(field("external_reference")), Short(field("status")));
        if (reference is null || status is null)
            return Answer.Ok(new ReceiveCamPayWebhookResponse(false));

        var now = clock.GetUtcNow();
        Failpoint.Reach("payments.webhook-before-save");
        await db.Database.ExecuteSqlAsync($"""
            INSERT INTO payments.webhook_events (id, provider, reference, status, external_reference, received_at)
            VALUES ({Guid.CreateVersion7(now)}, {PaymentMethods.CamPay}, {reference}, {status}, {external}, {now})
            ON CONFLICT (provider, reference, status) DO NOTHING
            """, ct);
        await db.Attempts
            .Where(attempt => attempt.ProviderReference == reference || attempt.ExternalReference == external)
            .Where(attempt => attempt.Status != AttemptStatus.Created && attempt.EndedAt == null)
            .ExecuteUpdateAsync(hint => hint.SetProperty(row => row.HintedReference, reference).SetProperty(row => row.DueAt, now), ct);
        Failpoint.Reach("payments.webhook-after-save");
        return Answer.Ok(new ReceiveCamPayWebhookResponse(true));
    }

    private static string? Short(string? text) => text is { Length: > 0 and <= LongestReference } ? text : null;
}
