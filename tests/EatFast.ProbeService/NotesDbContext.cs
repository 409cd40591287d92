using EatFast.Messaging;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Probe;

public sealed record NoteTaken(Guid NoteId, long PriceXaf);

public sealed class Note
{
    public required Guid Id { get; init; }
    public required Guid OwnerId { get; init; }
    public required string Text { get; init; }
    public required long PriceXaf { get; init; }
}

public sealed class Tally
{
    public required Guid NoteId { get; init; }
    public long SumXaf { get; set; }
}

/// <summary>A service as small as a service can be, to try what ServiceDefaults promises to every other one.</summary>
public sealed class NotesDbContext(DbContextOptions<NotesDbContext> options) : DbContext(options)
{
    public const string Schema = "probe";

    public DbSet<Note> Notes => Set<Note>();

    public DbSet<Tally> Tallies => Set<Tally>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.HasDefaultSchema(Schema);
        modelBuilder.MapMessaging();
        modelBuilder.Entity<Note>().Property(note => note.Id).ValueGeneratedNever();
        modelBuilder.Entity<Tally>(tally =>
        {
            tally.HasKey(row => row.NoteId);
            tally.Property(row => row.NoteId).ValueGeneratedNever();
        });
    }
}

/// <summary>Adds up what it hears, so that a message that takes effect twice shows.</summary>
internal sealed class AddToTally(NotesDbContext db) : IConsumer<NoteTaken>
{
    public async Task Consume(ConsumeContext<NoteTaken> context)
    {
        var tally = await db.Tallies.FindAsync([context.Message.NoteId], context.CancellationToken);
        if (tally is null)
            db.Add(tally = new Tally { NoteId = context.Message.NoteId });
        tally.SumXaf += context.Message.PriceXaf;
        await db.SaveChangesAsync(context.CancellationToken);
    }
}
