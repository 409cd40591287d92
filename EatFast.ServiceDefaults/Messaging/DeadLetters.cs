using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using EatFast.Data;
using MassTransit;
using Microsoft.Extensions.Configuration;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace EatFast.Messaging;

/// <summary>
/// The dead-letter queues of this service's consumers, over AMQP alone. To read a queue is to take its messages and give them back, so it
/// is meant for an operator now and then; nothing is lost if the process dies meanwhile.
/// </summary>
internal sealed class DeadLetters(IConfiguration configuration)
{
    private const string Suffix = "_dead";
    private static readonly string[] Traces = ["MT-Fault-", "MT-Reason", "MT-Redelivery", "x-", OutboxPublisher.FailuresHeader];

    public static string QueueOf(string consumerQueue) => consumerQueue + Suffix;

    /// <summary>What MassTransit gives up by itself goes to the same place as what the broker gives up.</summary>
    public static void Configure(IRabbitMqSendTopologyConfigurator topology)
    {
        topology.ErrorQueueNameFormatter = new Names();
        topology.DeadLetterQueueNameFormatter = new Names();
        topology.ConfigureErrorSettings = AsPlainQueue;
        topology.ConfigureDeadLetterSettings = AsPlainQueue;
    }

    public async Task<List<(string Queue, long Count)>> CountAsync(IEnumerable<string> queues, CancellationToken ct)
    {
        await using var connection = await ConnectAsync(ct);
        var counts = new List<(string, long)>();
        foreach (var queue in queues)
        {
            // To ask for a queue that is missing closes the channel.
            await using var channel = await connection.CreateChannelAsync(cancellationToken: ct);
            counts.Add((queue, await CountAsync(channel, queue, ct)));
        }
        return counts;
    }

    public Task<(long Total, List<StuckMessage> Messages)> BrowseAsync(string queue, int skip, int take, CancellationToken ct) =>
        WithChannelAsync(async channel =>
        {
            var total = await CountAsync(channel, queue, ct);
            var page = new List<StuckMessage>();
            var last = 0ul;
            var end = Math.Min(total, (long)skip + take);
            for (var i = 0; i < end && await channel.BasicGetAsync(queue, autoAck: false, ct) is { } found; i++)
            {
                last = found.DeliveryTag;
                if (i >= skip)
                    page.Add(Describe(found));
            }
            await GiveBackAsync(channel, last, ct);
            return (total, page);
        }, ct);

    /// <summary>Removes the chosen messages (all, when none are named), after sending each again when <paramref name="redrive"/>.</summary>
    /// <returns>The ids that were found.</returns>
    public Task<List<string>> TakeAsync(string queue, IReadOnlySet<string>? chosen, bool redrive, CancellationToken ct) =>
        WithChannelAsync(async channel =>
        {
            var taken = new List<string>();
            var last = 0ul;
            var total = await CountAsync(channel, queue, ct);
            for (var i = 0L; i < total && await channel.BasicGetAsync(queue, autoAck: false, ct) is { } found; i++)
            {
                var id = IdOf(found);
                if (chosen?.Contains(id) == false)
                {
                    last = found.DeliveryTag;
                    continue;
                }
                if (redrive)
                    await SendAgainAsync(channel, queue[..^Suffix.Length], found, ct);
                // Only after the confirm: a crash between leaves two copies, of which the inbox lets one through.
                await channel.BasicAckAsync(found.DeliveryTag, multiple: false, ct);
                taken.Add(id);
            }
            await GiveBackAsync(channel, last, ct);
            return taken;
        }, ct);

    // Closing the channel would do it too, but some time later: the next look at the queue might find it empty.
    private static ValueTask GiveBackAsync(IChannel channel, ulong last, CancellationToken ct) =>
        last > 0 ? channel.BasicNackAsync(last, multiple: true, requeue: true, ct) : ValueTask.CompletedTask;

    private Task<IConnection> ConnectAsync(CancellationToken ct) => new ConnectionFactory
    {
        Uri = new Uri(configuration.RequireConnectionString("rabbitmq")),
        ClientProvidedName = "dead letters",
        AutomaticRecoveryEnabled = false,
        RequestedConnectionTimeout = TimeSpan.FromSeconds(2)
    }.CreateConnectionAsync(ct);

    private async Task<T> WithChannelAsync<T>(Func<IChannel, Task<T>> work, CancellationToken ct)
    {
        await using var connection = await ConnectAsync(ct);
        await using var channel = await connection.CreateChannelAsync(
            new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true), ct);
        return await work(channel);
    }

    private static async Task<long> CountAsync(IChannel channel, string queue, CancellationToken ct)
    {
        try
        {
            return (await channel.QueueDeclarePassiveAsync(queue, ct)).MessageCount;
        }
        catch (OperationInterruptedException missing) when (missing.ShutdownReason?.ReplyCode == Constants.NotFound)
        {
            // The consumer has not been connected to this broker yet.
            return 0;
        }
    }

    private static async Task SendAgainAsync(IChannel channel, string consumerQueue, BasicGetResult found, CancellationToken ct)
    {
        var properties = new BasicProperties(found.BasicProperties)
        {
            Persistent = true,
            Headers = found.BasicProperties.Headers?
                .Where(header => !Array.Exists(Traces, trace => header.Key.StartsWith(trace, StringComparison.Ordinal)))
                .ToDictionary()
        };
        await channel.BasicPublishAsync(consumerQueue, "", mandatory: true, properties, BodyWithoutFailures(found.Body), ct);
    }

    // The ladder starts again; the round goes on counting, so that the next copy is not taken for an earlier one.
    private static ReadOnlyMemory<byte> BodyWithoutFailures(ReadOnlyMemory<byte> body) =>
        Envelope(body) is { } envelope && envelope["headers"] is JsonObject headers && headers.Remove(OutboxPublisher.FailuresHeader)
            ? JsonSerializer.SerializeToUtf8Bytes(envelope)
            : body;

    private static StuckMessage Describe(BasicGetResult found)
    {
        var envelope = Envelope(found.Body);
        var headers = found.BasicProperties.Headers ?? new Dictionary<string, object?>();
        var type = (envelope?["messageType"] as JsonArray)?.FirstOrDefault()?.ToString().Split(':')[^1];
        var failures = envelope?["headers"]?[OutboxPublisher.FailuresHeader]?.ToString();
        return new StuckMessage(
            IdOf(found),
            type ?? "unknown",
            TextOf(headers, "MT-Fault-Timestamp") ?? envelope?["sentTime"]?.ToString(),
            ReasonOf(headers),
            int.TryParse(failures, out var count) ? count + 1 : 1,
            StuckMessage.WithoutPersonalData(envelope?["message"]));
    }

    private static string ReasonOf(IDictionary<string, object?> headers) =>
        TextOf(headers, "MT-Fault-Message") is { } message ? $"{TextOf(headers, "MT-Fault-ExceptionType")}: {message}"
        : TextOf(headers, "x-first-death-reason") ?? TextOf(headers, "MT-Reason") ?? "unknown";

    private static string? TextOf(IDictionary<string, object?> headers, string name) =>
        headers.TryGetValue(name, out var value) ? value is byte[] bytes ? Encoding.UTF8.GetString(bytes) : value?.ToString() : null;

    // What a stranger put there may have no id; its content then is its name.
    private static string IdOf(BasicGetResult found) =>
        found.BasicProperties.MessageId is { Length: > 0 } id ? id : Convert.ToHexStringLower(SHA256.HashData(found.Body.Span));

    private static JsonObject? Envelope(ReadOnlyMemory<byte> body)
    {
        try
        {
            return JsonNode.Parse(body.Span) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    // The consumer's own queue limits deliveries and points here; a dead-letter queue does neither.
    private static void AsPlainQueue(IRabbitMqQueueBindingConfigurator queue)
    {
        queue.SetQueueArgument("x-delivery-limit", (object?)null);
        queue.SetQueueArgument("x-dead-letter-exchange", (object?)null);
    }

    private sealed class Names : IErrorQueueNameFormatter, IDeadLetterQueueNameFormatter
    {
        public string FormatErrorQueueName(string queueName) => QueueOf(queueName);

        public string FormatDeadLetterQueueName(string queueName) => QueueOf(queueName);
    }
}
