using System.ComponentModel.DataAnnotations;
using EatFast;
using EatFast.Data;
using EatFast.Errors;
using EatFast.Http;
using EatFast.Messaging;
using EatFast.Probe;
using EatFast.Security;
using Microsoft.EntityFrameworkCore;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults(typeof(NotesDbContext).Assembly);
builder.AddPostgres<NotesDbContext>(NotesDbContext.Schema);
builder.AddRedisClient("redis");
builder.AddBus<NotesDbContext>("probe", typeof(NotesDbContext).Assembly, typeof(NoteTaken).Assembly);
builder.Services.AddValidation();

var app = builder.Build();
app.UseServiceDefaults();
var notes = app.MapGroup("/api/v1/notes").RequireAuthorization(Policies.Customer);
notes.MapPost("/", async (TakeNoteRequest request, CurrentUser user, HttpContext http, NotesDbContext db, TimeProvider clock, CancellationToken ct) =>
{
    if (request.PriceXaf > 1000)
        throw new RuleViolatedException("NOTE_TOO_DEAR", ("maximum", 1000));
    var now = clock.GetUtcNow();
    var note = new Note { Id = Guid.CreateVersion7(now), OwnerId = user.Id, Text = request.Text, PriceXaf = request.PriceXaf };
    var answer = new Envelope<Note>(note);
    db.Add(note);
    db.Announce(new NoteTaken(note.Id, note.PriceXaf), note.Id, now);
    db.Remember(http, 201, $"/api/v1/notes/{note.Id}", answer);
    await db.SaveChangesAsync(ct);
    return TypedResults.Created($"/api/v1/notes/{note.Id}", answer);
}).WithIdempotency<NotesDbContext>().WithPlace();
notes.MapGet("/{noteId:guid}", async (Guid noteId, CurrentUser user, NotesDbContext db, CancellationToken ct) =>
    Answer.Ok(await db.Notes.AsNoTracking().SingleOrDefaultAsync(note => note.Id == noteId && note.OwnerId == user.Id, ct)
        ?? throw new RuleViolatedException("NOTE_NOT_FOUND")));
notes.MapGet("/", ([AsParameters] PageQuery page) => Answer.Ok(page.Of(45)));
app.MapGet("/api/v1/bug", string () => throw new InvalidOperationException("secret detail")).AllowAnonymous();
app.Run();

namespace EatFast.Probe
{
    public sealed record TakeNoteRequest(
        [property: Required, StringLength(20, MinimumLength = 1)] string Text, [property: Range(1, 1_000_000)] long PriceXaf);
}
