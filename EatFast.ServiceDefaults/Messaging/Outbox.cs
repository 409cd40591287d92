using System.Diagnostics;
using System.Text.Json;
using EatFast.Http;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Messaging;

/// <summary>An event waiting to be published, stored in the transaction that made it true.</summary>
public sealed class OutboxMessage
{
    public required Guid Id { get; init; }
    /// <summary>The id on the wire where it is not <see cref="Id"/>: that of the message this row brings once more.</summary>
    public Guid? OriginalId { get; init; }
    /// <summary>Order of insertion; only compared within one <see cref="PartitionKey"/>.</summary>
    public long Sequence { get; init; }
    /// <summary>The aggregate the event is about: its events leave in order, others do not wait for it.</summary>
    public required Guid PartitionKey { get; init; }
    public required string Type { get; init; }
    public required string Body { get; init; }
    public string? TraceParent { get; init; }
    /// <summary>The one queue it is for; without it, everybody who listens.</summary>
    public string? Destination { get; init; }
    /// <summary>How often the destination got it already, and how many of those ended in a failure of its own.</summary>
    public int Round { get; init; }
    public int Failures { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    /// <summary>Not before this time of the database's clock; without it, at once.</summary>
    public DateTimeOffset? DeliverAt { get; init; }
    public int Attempts { get; init; }
    public DateTimeOffset? LeaseUntil { get; init; }
    /// <summary>Grows with each claim; only the claim that holds the current value may mark the row.</summary>
    public long Fence { get; init; }
    public DateTimeOffset? SentAt { get; init; }
    /// <summary>Given up until an operator decides; later events of the aggregate no longer wait for it.</summary>
    public DateTimeOffset? ParkedAt { get; set; }
    public string? LastError { get; init; }
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
    public static void Announce<TEvent>(this DbContext db, TEvent @event, Guid about, DateTimeOffset now) where TEvent : class
    {
        db.Add(new OutboxMessage
        {
            Id = IdOf(now, OutboxSignal.Expect(db)),
            PartitionKey = about,
            Type = @event.GetType().FullName!,
            Body = JsonSerializer.Serialize(@event, @event.GetType(), Json),
            TraceParent = Activity.Current?.Id,
            CreatedAt = now
        });
    }

    // A UUIDv7 whose first random part counts within a save: rows are inserted by key, and so in the order of their announcement.
    private static Guid IdOf(DateTimeOffset now, int number)
    {
        var bytes = Guid.CreateVersion7(now).ToByteArray(bigEndian: true);
        bytes[6] = (byte)(0x70 | ((number >> 8) & 0x0F));
        bytes[7] = (byte)number;
        return new Guid(bytes, bigEndian: true);
    }

    /// <summary>Maps outbox, inbox and idempotency tables into the service's schema.</summary>
    public static void MapMessaging(this ModelBuilder model)
    {
        model.Entity<OutboxMessage>(outbox =>
        {
            outbox.ToTable("outbox_messages");
            outbox.HasKey(message => message.Id);
            outbox.Property(message => message.Sequence).UseIdentityAlwaysColumn();
            outbox.Property(message => message.Body).HasColumnType("jsonb");
            // The first finds the oldest without reading a backlog, the second tells whether an aggregate has an older one.
            outbox.HasIndex(message => message.Sequence).HasFilter("sent_at IS NULL AND parked_at IS NULL");
            outbox.HasIndex(message => new { message.PartitionKey, message.Sequence }).HasFilter("sent_at IS NULL AND parked_at IS NULL");
            outbox.HasIndex(message => message.SentAt).HasFilter("sent_at IS NOT NULL");
            outbox.HasIndex(message => message.ParkedAt).HasFilter("parked_at IS NOT NULL");
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
