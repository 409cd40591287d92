using System.Globalization;
using EatFast.ProviderSimulator.State;
using Microsoft.AspNetCore.Http.HttpResults;

namespace EatFast.ProviderSimulator.Control;

/// <summary>What tests, drills and the page see of the outside world, whichever provider a message went through.</summary>
internal static class ControlEndpoints
{
    private const int DefaultTake = 100;
    private const int MaxTake = 5_000;

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/health", () => new { Status = "Healthy" });
        app.MapGet("/control/events", Events);
        app.MapGet("/control/messages", ListMessages);
        app.MapGet("/control/messages/{messageId:guid}/raw", RawMessage);
        app.MapDelete("/control/messages", ClearMessages);
    }

    public static bool TryReadTake(string? text, int fallback, out int take)
    {
        take = fallback;
        return string.IsNullOrEmpty(text)
            || (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out take) && take is > 0 and <= MaxTake);
    }

    public static IResult BadTake() =>
        Results.ValidationProblem(new Dictionary<string, string[]> { ["take"] = [$"A whole number from 1 to {MaxTake}."] });

    // Without the second token an open page would hold back the end of the process.
    private static ServerSentEventsResult<long> Events(ChangeFeed changes, IHostApplicationLifetime lifetime) =>
        TypedResults.ServerSentEvents(changes.WatchAsync(lifetime.ApplicationStopping), "changed");

    private static IResult ListMessages(Outbox outbox, string? channel, string? to, string? take) =>
        TryReadTake(take, DefaultTake, out var count)
            // A plus sign typed into an address arrives as a space.
            ? Results.Ok(outbox.Newest(channel?.Trim(), to?.Trim().TrimStart('+'), count))
            : BadTake();

    private static IResult RawMessage(Guid messageId, Outbox outbox) =>
        outbox.Find(messageId) is { Raw.Length: > 0 } message
            ? Results.Bytes(message.Raw, "text/plain; charset=utf-8")
            : Results.Problem("No such message, or it has no raw form.", statusCode: StatusCodes.Status404NotFound);

    private static IResult ClearMessages(Outbox outbox)
    {
        outbox.Clear();
        return Results.NoContent();
    }
}
