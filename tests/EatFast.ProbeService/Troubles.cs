using System.Collections.Concurrent;
using EatFast.Messaging;
using MassTransit;
using Npgsql;

namespace EatFast.Probe;

/// <summary>A message whose handling goes wrong so many times before it goes well.</summary>
public sealed record NoteTroubled(Guid NoteId, long PriceXaf, Trouble Trouble, int Times);

/// <summary>Makes a tally, which can be made only once.</summary>
public sealed record NoteOpened(Guid NoteId, long PriceXaf);

/// <summary>Nobody listens to this one.</summary>
public sealed record NoteForgotten(Guid NoteId);

public enum Trouble
{
    /// <summary>The handler throws what no retry can be expected to cure.</summary>
    Bug,
    /// <summary>A neighbour is away.</summary>
    Outage,
    /// <summary>The save succeeds, but the connection breaks before its answer arrives.</summary>
    LostAnswer
}

/// <summary>Says what it heard in an event of its own, when its troubles are over.</summary>
public sealed class CopeWithTrouble(NotesDbContext db, TimeProvider clock) : IConsumer<NoteTroubled>
{
    public static ConcurrentDictionary<Guid, int> Attempts { get; } = new();

    public async Task Consume(ConsumeContext<NoteTroubled> context)
    {
        var note = context.Message;
        var isTroubled = Attempts.AddOrUpdate(note.NoteId, 1, (_, attempts) => attempts + 1) <= note.Times;
        db.Announce(new NoteTaken(note.NoteId, note.PriceXaf), note.NoteId, clock.GetUtcNow());
        if (isTroubled && note.Trouble == Trouble.Bug)
            throw new InvalidOperationException("A note made trouble.");
        if (isTroubled && note.Trouble == Trouble.Outage)
            throw new HttpRequestException("The neighbour is away.");
        await db.SaveChangesAsync(context.CancellationToken);
        if (isTroubled)
            throw new NpgsqlException("The connection broke.", new IOException());
    }
}

internal sealed class OpenTally(NotesDbContext db) : IConsumer<NoteOpened>
{
    public Task Consume(ConsumeContext<NoteOpened> context)
    {
        db.Add(new Tally { NoteId = context.Message.NoteId, SumXaf = context.Message.PriceXaf });
        return db.SaveChangesAsync(context.CancellationToken);
    }
}
