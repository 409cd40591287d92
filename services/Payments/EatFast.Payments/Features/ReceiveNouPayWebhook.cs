using System.Text.Json;
using EatFast.Http;
using EatFast.Payments.Clients;
using EatFast.Payments.Data;
using EatFast.Payments.Domain;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Payments.Features;

public sealed record ReceiveNouPayWebhookResponse(bool Received);

/// <summary>
/// Somebody says that something happened at NouPay. No signature is documented, so nothing of it is kept or believed: an attempt under
/// the provider's own reference is asked about at once, which anybody may cause and nobody gains by.
/// </summary>
internal static class ReceiveNouPayWebhook
{
    private const int LongestReference = 100;

    public static void Map(IEndpointRouteBuilder webhooks) => webhooks
        .MapPost("/noupay", Handle)
        .WithName(nameof(ReceiveNouPayWebhook))
        .WithSummary("NouPay's webhook");

    internal static async Task<Ok<Envelope<ReceiveNouPayWebhookResponse>>> Handle(
        HttpRequest request, PaymentsDbContext db, TimeProvider clock, CancellationToken ct)
    {
        using var raw = new MemoryStream();
        await request.Body.CopyToAsync(raw, ct);
        if (CamPayJson.Parse(raw.ToArray()) is not { } body || TransactionOf(body) is not { Length: <= LongestReference } transaction)
            return Answer.Ok(new ReceiveNouPayWebhookResponse(false));

        var now = clock.GetUtcNow();
        // Uses ix_payment_attempts_provider_reference. What is due already stays where it is in the queue.
        var asked = await db.Attempts
            .Where(attempt => attempt.Provider == PaymentMethods.NouPay && attempt.ProviderReference == transaction)
            .Where(attempt => attempt.EndedAt == null && attempt.DueAt > now)
            .ExecuteUpdateAsync(hint => hint.SetProperty(row => row.DueAt, now), ct);
        return Answer.Ok(new ReceiveNouPayWebhookResponse(asked > 0));
    }

    private static string? TransactionOf(JsonElement body) => CamPayJson.Text(body, "transaction")
        ?? (body.TryGetProperty("data", out var data) && data.ValueKind == JsonValueKind.Object ? CamPayJson.Text(data, "transaction") : null);
}
