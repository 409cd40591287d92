using System.ComponentModel.DataAnnotations;
using EatFast.Errors;
using EatFast.Http;
using EatFast.Identity.Data;
using EatFast.Identity.Domain;
using EatFast.Identity.Input;
using EatFast.Security;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Identity.Features;

public sealed record ListContactMessagesQuery(
    [property: FromQuery(Name = "status"), AllowedValues(ContactStatus.New, ContactStatus.InProgress, ContactStatus.Resolved, null)] string? Status,
    [property: FromQuery(Name = "priority"), AllowedValues("low", "normal", "high", "urgent", null)] string? Priority,
    [property: FromQuery(Name = "category"), StringLength(40)] string? Category,
    [property: FromQuery(Name = "reference"), StringLength(20)] string? Reference);

internal sealed record ListContactMessagesResponse(IReadOnlyList<ContactMessageView> Messages, Pagination Pagination);

public sealed record UpdateContactMessageRequest(
    [property: AllowedValues(ContactStatus.New, ContactStatus.InProgress, ContactStatus.Resolved, null)] string? Status,
    [property: LongText, StringLength(2000)] string? Note) : IValidatableObject
{
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Status is null && Note is null)
            yield return new("Give status or note.", ["status"]);
    }
}

/// <summary>
/// Support reads what people wrote, newest first, and notes how far it is with it. Names and words are sealed and cannot be searched for;
/// that somebody looked leaves a trace.
/// </summary>
internal static class WorkOnContactMessages
{
    public static void Map(IEndpointRouteBuilder messages)
    {
        messages.MapGet("/", Handle).WithName("ListContactMessages").WithSummary("List messages to support (operators)");
        messages.MapPatch("/{messageId:guid}", HandleUpdate)
            .WithName("UpdateContactMessage").WithSummary("Take up, note on or resolve a message (operators)");
    }

    internal static async Task<Ok<Envelope<ListContactMessagesResponse>>> Handle(
        [AsParameters] ListContactMessagesQuery query, [AsParameters] PageQuery page, CurrentUser admin, IdentityDbContext db,
        TimeProvider clock, CancellationToken ct)
    {
        var messages = Filter(db.ContactMessages.AsNoTracking(), query);
        var total = await messages.LongCountAsync(ct);
        var shown = await messages.OrderByDescending(row => row.CreatedAt).ThenByDescending(row => row.Id)
            .Skip(page.Skip).Take(page.Limit).ToListAsync(ct);
        db.RecordAction(
            admin, "contact.listed", "contact_message", null, clock.GetUtcNow(), ("status", query.Status), ("reference", query.Reference));
        await db.SaveChangesAsync(ct);
        return Answer.Ok(new ListContactMessagesResponse(shown.ConvertAll(ContactMessageView.Of), page.Of(total)));
    }

    internal static async Task<Ok<Envelope<ContactMessageView>>> HandleUpdate(
        Guid messageId, UpdateContactMessageRequest request, CurrentUser admin, IdentityDbContext db, TimeProvider clock, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var locked = await db.ContactMessages
            .FromSql($"SELECT * FROM identity.contact_messages WHERE id = {messageId} FOR UPDATE").ToListAsync(ct);
        var message = locked.SingleOrDefault() ?? throw new RuleViolatedException("CONTACT_MESSAGE_NOT_FOUND");
        var (previous, now) = (message.Status, clock.GetUtcNow());
        message.Work(request.Status, request.Note?.Trim(), now);
        // What the note says stays where it can be erased.
        db.RecordAction(
            admin, "contact.updated", "contact_message", messageId, now, ("from", previous), ("to", message.Status),
            ("noted", request.Note is null ? null : "yes"));
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return Answer.Ok(ContactMessageView.Of(message));
    }

    private static IQueryable<ContactMessage> Filter(IQueryable<ContactMessage> messages, ListContactMessagesQuery query)
    {
        if (query.Status is { } status)
            messages = messages.Where(row => row.Status == status);
        if (query.Priority is { } priority)
            messages = messages.Where(row => row.Priority == priority);
        if (query.Category?.Trim().ToLowerInvariant() is { Length: > 0 } category)
            messages = messages.Where(row => row.Category == category);
        if (query.Reference?.Trim().ToUpperInvariant() is { Length: > 0 } reference)
            messages = messages.Where(row => row.Reference == reference);
        return messages;
    }
}
