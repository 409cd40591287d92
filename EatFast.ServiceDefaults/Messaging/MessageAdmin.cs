using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using EatFast.Http;
using EatFast.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace EatFast.Messaging;

/// <summary>Which of a queue's messages: some by id, or all of them.</summary>
public sealed record SelectMessagesRequest(IReadOnlyList<string>? MessageIds = null, bool All = false);

public sealed record QueueCount(string Name, string Kind, long Count);

public sealed record MessageQueues(IReadOnlyList<QueueCount> Queues);

public sealed record StuckMessages(IReadOnlyList<StuckMessage> Messages, Pagination Pagination);

public sealed record SelectedMessages(int Count, IReadOnlyList<string> NotFound);

/// <summary>A message that waits for an operator; of its content only ids, times, amounts and short codes are shown.</summary>
public sealed record StuckMessage(string Id, string Type, string? Time, string Reason, int Attempts, JsonNode? Body)
{
    private static readonly string[] Endings = ["Id", "At", "Xaf", "Minutes"];
    private static readonly string[] Names =
        ["id", "orderNumber", "version", "status", "kind", "role", "language", "method", "paymentMethod", "currency"];

    internal static JsonNode? WithoutPersonalData(JsonNode? node, string name = "") => node switch
    {
        JsonObject members => new JsonObject(members.Select(member =>
            KeyValuePair.Create(member.Key, WithoutPersonalData(member.Value, member.Key)))),
        JsonArray items => new JsonArray([.. items.Select(item => WithoutPersonalData(item, name))]),
        JsonValue value when value.GetValueKind() is JsonValueKind.True or JsonValueKind.False || IsShown(name) => value.DeepClone(),
        null => null,
        _ => "***"
    };

    private static bool IsShown(string name) =>
        Array.Exists(Endings, end => name.EndsWith(end, StringComparison.Ordinal)) || Names.Contains(name);
}

/// <summary>The queues of one service that may hold stuck messages: a dead-letter queue per consumer, and its parked events.</summary>
internal sealed class OwnQueues(string service)
{
    private readonly ConcurrentDictionary<string, bool> _consumers = new();

    public string Parked { get; } = $"{service}-outbox_parked";

    public IEnumerable<string> Dead => _consumers.Keys.Order().Select(DeadLetters.QueueOf);

    public void Add(string consumerQueue) => _consumers[consumerQueue] = true;

    public bool IsDead(string queue) => Dead.Contains(queue);
}

/// <summary>Operators see what is stuck, send it again or give it up. Each service answers for its own queues; the gateway joins them.</summary>
internal static class MessageAdmin
{
    private const int MostIds = 1000;

    public static void MapMessageAdmin(this WebApplication app)
    {
        if (app.Services.GetService<OwnQueues>() is null)
            return;
        var messages = app.MapGroup("/api/v1/admin/messages").WithTags("Messages").RequireAuthorization(Policies.Admin)
            .ProducesValidationProblem().ProducesProblem(404);
        messages.MapGet("/", ListAsync).WithSummary("Messages that need a person, by queue");
        messages.MapGet("/{queue}", BrowseAsync).WithSummary("The stuck messages of a queue");
        messages.MapPost("/{queue}/redrive", (
            string queue, SelectMessagesRequest request, CurrentUser admin, StuckMessageStore store, CancellationToken ct) =>
            TakeAsync(queue, request, admin, store, redrive: true, ct)).WithSummary("Send stuck messages again");
        messages.MapPost("/{queue}/discard", (
            string queue, SelectMessagesRequest request, CurrentUser admin, StuckMessageStore store, CancellationToken ct) =>
            TakeAsync(queue, request, admin, store, redrive: false, ct)).WithSummary("Discard stuck messages");
    }

    private static async Task<Ok<Envelope<MessageQueues>>> ListAsync(StuckMessageStore store, CancellationToken ct) =>
        Answer.Ok(new MessageQueues(await store.ListAsync(ct)));

    private static async Task<Ok<Envelope<StuckMessages>>> BrowseAsync(
        string queue, [AsParameters] PageQuery page, StuckMessageStore store, CancellationToken ct)
    {
        if (page is { Page: < 1 or > 100_000 } or { Limit: < 1 or > 100 })
            throw new BadHttpRequestException("page starts at 1 and limit is at most 100.");
        var (total, messages) = await store.BrowseAsync(queue, page, ct);
        return Answer.Ok(new StuckMessages(messages, page.Of(total)));
    }

    private static async Task<Ok<Envelope<SelectedMessages>>> TakeAsync(
        string queue, SelectMessagesRequest request, CurrentUser admin, StuckMessageStore store, bool redrive, CancellationToken ct)
    {
        if (request.All == (request.MessageIds is not null) || request.MessageIds is { Count: 0 or > MostIds })
            throw new BadHttpRequestException($"Give either messageIds (1 to {MostIds}) or all: true.");
        var chosen = request.MessageIds?.ToHashSet(StringComparer.OrdinalIgnoreCase);
        var taken = await store.TakeAsync(queue, chosen, redrive, admin, ct);
        return Answer.Ok(new SelectedMessages(taken.Count, chosen?.Except(taken, StringComparer.OrdinalIgnoreCase).ToList() ?? []));
    }
}
