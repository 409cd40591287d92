using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using EatFast.Errors;
using EatFast.Http;
using EatFast.Identity.Data;
using EatFast.Identity.Domain;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Identity.Features;

public sealed record ListAuditLogsQuery(
    [property: FromQuery(Name = "action"), StringLength(80)] string? Action,
    [property: FromQuery(Name = "service"), StringLength(40)] string? Service,
    [property: FromQuery(Name = "actorId")] Guid? ActorId,
    [property: FromQuery(Name = "subjectId")] Guid? SubjectId,
    [property: FromQuery(Name = "fromDate"), Range(typeof(DateTimeOffset), "2000-01-01", "2200-01-01")] DateTimeOffset? FromDate,
    [property: FromQuery(Name = "toDate"), Range(typeof(DateTimeOffset), "2000-01-01", "2200-01-01")] DateTimeOffset? ToDate);

internal sealed record AuditEntryView(
    long Number, Guid Id, string Service, string Action, Guid? ActorId, string ActorRole, string SubjectType, Guid? SubjectId,
    JsonElement Details, DateTimeOffset Timestamp, string Hash)
{
    public static AuditEntryView Of(AuditEntry entry) => new(
        entry.Number, entry.ActionId, entry.Service, entry.Action, entry.ActorId, entry.ActorRole, entry.SubjectType, entry.SubjectId,
        JsonDocument.Parse(entry.Details).RootElement, entry.At, Convert.ToHexStringLower(entry.Hash));
}

internal sealed record ListAuditLogsResponse(IReadOnlyList<AuditEntryView> Logs, Pagination Pagination);

/// <summary>The audit log, newest first: all of it, or what one account did and what was done to it.</summary>
internal static class ListAuditLogs
{
    public static void Map(IEndpointRouteBuilder logs, IEndpointRouteBuilder users)
    {
        logs.MapGet("/", Handle).WithName(nameof(ListAuditLogs)).WithSummary("The audit log (operators)");
        users.MapGet("/{userId:guid}/audit-log", HandleOfUser)
            .WithName("ListAuditLogOfUser").WithSummary("The audit log of an account (operators)");
    }

    internal static async Task<Ok<Envelope<ListAuditLogsResponse>>> Handle(
        [AsParameters] ListAuditLogsQuery query, [AsParameters] PageQuery page, IdentityDbContext db, CancellationToken ct) =>
        Answer.Ok(await PageOfAsync(Filter(db.AuditEntries.AsNoTracking(), query), page, ct));

    internal static async Task<Ok<Envelope<ListAuditLogsResponse>>> HandleOfUser(
        Guid userId, [AsParameters] PageQuery page, IdentityDbContext db, CancellationToken ct)
    {
        if (!await db.Users.AnyAsync(user => user.Id == userId, ct))
            throw new RuleViolatedException("USER_NOT_FOUND");
        var entries = db.AuditEntries.AsNoTracking().Where(entry => entry.SubjectId == userId || entry.ActorId == userId);
        return Answer.Ok(await PageOfAsync(entries, page, ct));
    }

    private static async Task<ListAuditLogsResponse> PageOfAsync(IQueryable<AuditEntry> entries, PageQuery page, CancellationToken ct)
    {
        var total = await entries.LongCountAsync(ct);
        var shown = await entries.OrderByDescending(entry => entry.Number).Skip(page.Skip).Take(page.Limit).ToListAsync(ct);
        return new ListAuditLogsResponse(shown.ConvertAll(AuditEntryView.Of), page.Of(total));
    }

    private static IQueryable<AuditEntry> Filter(IQueryable<AuditEntry> entries, ListAuditLogsQuery query)
    {
        if (query.Action is { Length: > 0 } action)
            entries = entries.Where(entry => entry.Action == action);
        if (query.Service is { Length: > 0 } service)
            entries = entries.Where(entry => entry.Service == service);
        if (query.ActorId is { } actor)
            entries = entries.Where(entry => entry.ActorId == actor);
        if (query.SubjectId is { } subject)
            entries = entries.Where(entry => entry.SubjectId == subject);
        if (query.FromDate?.ToUniversalTime() is { } from)
            entries = entries.Where(entry => entry.At >= from);
        if (query.ToDate?.ToUniversalTime() is { } to)
            entries = entries.Where(entry => entry.At <= to);
        return entries;
    }
}
