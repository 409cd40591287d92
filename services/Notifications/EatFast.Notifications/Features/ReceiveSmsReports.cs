using System.ComponentModel.DataAnnotations;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;
using EatFast.Errors;
using EatFast.Http;
using EatFast.Notifications.Clients;
using EatFast.Notifications.Data;
using EatFast.Notifications.Domain;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Notifications.Features;

[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Skip)]
public sealed record ReceiveSmsReportsRequest([property: Required, MaxLength(1000)] IReadOnlyList<SmsReport>? Results);

[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Skip)]
public sealed record SmsReport(string? MessageId, SmsReportStatus? Status);

[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Skip)]
public sealed record SmsReportStatus(int GroupId, string? Name);

internal sealed record ReceiveSmsReportsResponse(int Updated);

/// <summary>Infobip tells what became of our texts. It signs nothing, so the path holds a secret and only known ids count.</summary>
internal static class ReceiveSmsReports
{
    private const int MaxBytes = 1024 * 1024;
    private const int Undeliverable = 2;
    private const int Delivered = 3;
    private const int Expired = 4;
    private const int Rejected = 5;

    public static void Map(IEndpointRouteBuilder webhooks) => webhooks
        .MapPost("/{token}", Handle)
        .WithMetadata(new RequestSizeLimitAttribute(MaxBytes))
        .WithName(nameof(ReceiveSmsReports))
        .WithSummary("Delivery reports of Infobip");

    internal static async Task<Ok<Envelope<ReceiveSmsReportsResponse>>> Handle(
        string token, ReceiveSmsReportsRequest request, NotificationsDbContext db, InfobipOptions options, TimeProvider clock,
        CancellationToken ct)
    {
        if (!CryptographicOperations.FixedTimeEquals(HashOf(token), HashOf(options.ReportToken)))
            throw new RuleViolatedException("NOT_FOUND");
        var updated = 0;
        foreach (var report in request.Results!)
            if (Guid.TryParse(report?.MessageId, out var id) && StatusOf(report.Status?.GroupId) is { } status)
                updated += await ApplyAsync(db, id, status, report.Status?.Name, clock.GetUtcNow(), ct);
        return Answer.Ok(new ReceiveSmsReportsResponse(updated));
    }

    // The report may be faster than our own note that the text was sent; what was delivered stays so.
    private static Task<int> ApplyAsync(
        NotificationsDbContext db, Guid id, string status, string? name, DateTimeOffset now, CancellationToken ct)
    {
        var reason = status == MessageStatus.Delivered ? null : name?.Replace("\0", "", StringComparison.Ordinal);
        return db.Messages
            .Where(row => row.Id == id && row.Channel == Channels.Sms && row.Attempts > 0)
            .Where(row => row.Status == MessageStatus.Queued || row.Status == MessageStatus.Sent
                || (row.Status == MessageStatus.Undeliverable && status == MessageStatus.Delivered))
            .ExecuteUpdateAsync(row => row
                .SetProperty(r => r.Status, status)
                .SetProperty(r => r.Reason, reason)
                .SetProperty(r => r.SentAt, r => r.SentAt ?? now)
                .SetProperty(r => r.ReportedAt, now)
                .SetProperty(r => r.SealedPhone, (string?)null)
                .SetProperty(r => r.SealedText, (string?)null), ct);
    }

    private static string? StatusOf(int? group) => group switch
    {
        Delivered => MessageStatus.Delivered,
        Undeliverable or Expired or Rejected => MessageStatus.Undeliverable,
        _ => null
    };

    private static byte[] HashOf(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));
}
