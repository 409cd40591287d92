using System.Diagnostics;
using System.Text.Json;
using EatFast.Http;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Messaging;

/// <summary>An event waiting to be published, stored in the transaction that made it true.</summary>
public sealed class OutboxMessage
{
    public required Guid Id { get; init; }
    /// <summary>Order of insertion; only compared within one <see cref="PartitionKey"/>.</summary>
    public long Sequence { get; init; }
    /// <summary>The aggregate the event is about: its events leave in order, others do not wait for it.</summary>
    public required Guid PartitionKey { get; init; }
    public required string Type { get; init; }
    public required string Body { get; init; }
    public string? TraceParent { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset DeliverAt { get; set; }
    public int Attempts { get; set; }
    public DateTimeOffset? LeaseUntil { get; set; }
    /// <summary>Grows with each claim; only the claim that holds the current value may mark the row.</summary>
    public long Fence { get; set; }
    public DateTimeOffset? SentAt { get; set; }
    public string? LastError { get; set; }
}

/// <summary>A message this consumer has handled, stored in the transaction of its effect.</summary>
public sealed class InboxMessage
{
    public required Guid MessageId { get; init; }
    public required string Consumer { get; init; }
    public required DateTimeOffset ReceivedAt { get; init; }
}

public static class Outbox
{
    internal static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>Stages an event; it is published if, and only if, the next save commits.</summary>
    /// <param name="db">The context that also holds the state change.</param>
    /// <param name="event">A record of the service's Contracts project.</param>
    /// <param name="about">The aggregate: events about the same one are published in order.</param>
    /// <param name="now">When it became true; also the time inside the message's UUIDv7.</param>
    public static void Announce<TEvent>(this DbContext db, TEvent @event, Guid about, DateTimeOffset now) where TEvent : class =>
        db.Add(new OutboxMessage
        {
            Id = Guid.CreateVersion7(now),
            PartitionKey = about,
            Type = @event.GetType().FullName!,
            Body = JsonSerializer.Serialize(@event, @event.GetType(), Json),
            TraceParent = Activity.Current?.Id,
            CreatedAt = now,
            DeliverAt = now
        });

    /// <summary>Maps outbox, inbox and idempotency tables into the service's schema.</summary>
    public static void MapMessaging(this ModelBuilder model)
    {
        model.Entity<OutboxMessage>(outbox =>
        {
            outbox.ToTable("outbox_messages");
            outbox.HasKey(message => message.Id);
            outbox.Property(message => message.Sequence).UseIdentityAlwaysColumn();
            outbox.Property(message => message.Body).HasColumnType("jsonb");
            // Serves both the search for claimable rows and "is there an older one of the same aggregate".
            outbox.HasIndex(message => new { message.PartitionKey, message.Sequence }).HasFilter("sent_at IS NULL");
            outbox.HasIndex(message => message.SentAt).HasFilter("sent_at IS NOT NULL");
        });
        model.Entity<InboxMessage>(inbox =>
        {
            inbox.ToTable("inbox_messages");
            inbox.HasKey(message => new { message.Consumer, message.MessageId });
            inbox.HasIndex(message => message.ReceivedAt);
        });
        model.Entity<IdempotencyRecord>(record =>
        {
            record.ToTable("idempotency_keys");
            record.HasKey(key => new { key.Principal, key.Key });
            record.HasIndex(key => key.CreatedAt);
        });
    }
}
