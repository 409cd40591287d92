using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Net.Sockets;
using System.Reflection;
using System.Text.Json;
using EatFast.Security;
using MassTransit;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client.Exceptions;

namespace EatFast.Messaging;

/// <summary>Hands one stored message to the broker and says how that went: an outage is not held against it, a fault is.</summary>
internal sealed class OutboxPublisher(IBus bus, MessageTypes types, TimeProvider clock, ILogger<OutboxPublisher> logger)
{
    internal const string PartitionHeader = "partition-key";
    internal const string RoundHeader = "delivery-round";
    internal const string FailuresHeader = "delivery-failures";
    internal const int LongestBody = 1_000_000;
    internal static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);
    internal static readonly TimeSpan OutagePause = TimeSpan.FromSeconds(1);

    internal static readonly TimeSpan[] Ladder =
    [
        TimeSpan.FromSeconds(0.1), TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(10),
        TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30)
    ];

    private static readonly ActivitySource Activities = new(Telemetry.Source);
    private static readonly Meter Meter = new(Telemetry.Source);
    private static readonly Histogram<double> Lag = Meter.CreateHistogram<double>(
        "eatfast.outbox.lag", "s", "From the staging of an event to the broker's confirm.", advice: new()
        {
            HistogramBucketBoundaries = [0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 60, 600]
        });
    private static readonly Counter<long> Published = Meter.CreateCounter<long>("eatfast.outbox.published");
    private static readonly Counter<long> Failed = Meter.CreateCounter<long>("eatfast.outbox.failed");
    private static readonly Counter<long> Parked = Meter.CreateCounter<long>("eatfast.outbox.parked");

    public async Task<OutboxMark> PublishAsync(OutboxMessage message, CancellationToken ct)
    {
        using var activity = Activities.StartActivity($"outbox publish {message.Type}", ActivityKind.Producer, message.TraceParent);
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(ct);
        timeout.CancelAfter(Timeout);
        try
        {
            if (message.Body.Length > LongestBody)
                return Park(message, $"A body of {message.Body.Length} characters is too large.");
            var type = types.Find(message.Type);
            // MassTransit does not always see the token: a send that waits for a connection that died may wait for ever.
            await SendAsync(message, JsonSerializer.Deserialize(message.Body, type, Outbox.Json)!, type, timeout.Token).WaitAsync(timeout.Token);
            Published.Add(1);
            Lag.Record((clock.GetUtcNow() - message.CreatedAt).TotalSeconds);
            return new OutboxMark(message, OutboxOutcome.Sent);
        }
        catch (Exception exception)
        {
            activity?.SetStatus(ActivityStatusCode.Error, exception.Message);
            return Judge(message, exception);
        }
    }

    private async Task SendAsync(OutboxMessage message, object body, Type type, CancellationToken ct)
    {
        if (message.Destination is null)
            await bus.Publish(body, type, context => Describe(context, message), ct);
        else
        {
            var endpoint = await bus.GetSendEndpoint(new Uri($"exchange:{message.Destination}"));
            await endpoint.Send(body, type, context => Describe(context, message), ct);
        }
    }

    private static void Describe(SendContext context, OutboxMessage message)
    {
        context.MessageId = message.OriginalId ?? message.Id;
        context.Headers.Set(PartitionHeader, message.PartitionKey.ToString());
        if (message.Destination is not null)
        {
            context.Headers.Set(RoundHeader, message.Round);
            context.Headers.Set(FailuresHeader, message.Failures);
        }
        // A message that no queue takes comes back as an error and stays here.
        if (context.TryGetPayload<RabbitMqSendContext>(out var rabbit))
            rabbit.Mandatory = true;
    }

    private OutboxMark Judge(OutboxMessage message, Exception exception)
    {
        var reason = $"{exception.GetType().Name}: {exception.Message}";
        if (IsOutage(exception))
            return new OutboxMark(message, OutboxOutcome.NotTried, OutagePause, reason);
        if (exception is JsonException || message.Attempts >= Ladder.Length)
            return Park(message, reason);
        Failed.Add(1);
        logger.LogWarning("Publishing {Type} {Id} failed: {Reason}", message.Type, message.Id, reason);
        return new OutboxMark(message, OutboxOutcome.Failed, Ladder[message.Attempts], reason);
    }

    private OutboxMark Park(OutboxMessage message, string reason)
    {
        Parked.Add(1);
        logger.LogError("{Type} {Id} is parked until an operator decides: {Reason}", message.Type, message.Id, reason);
        return new OutboxMark(message, OutboxOutcome.Parked, Error: reason);
    }

    private static bool IsOutage(Exception exception) => exception switch
    {
        MessageReturnedException => false,
        OperationCanceledException or TimeoutException or IOException or SocketException => true,
        ConnectionException or TransportException or RabbitMQClientException => true,
        _ => false
    };
}

/// <summary>The type's name is not one that this version of the service knows.</summary>
internal sealed class UnknownMessageException(string type) : Exception($"{type} is not known here.");

/// <summary>The types a service publishes, and those it consumes (which it may have to send to itself once more), by full name.</summary>
internal sealed class MessageTypes(Assembly published, IEnumerable<Type> consumed)
{
    private readonly Dictionary<string, Type> _consumed = consumed.DistinctBy(type => type.FullName).ToDictionary(type => type.FullName!);

    public Type Find(string fullName) =>
        published.GetType(fullName) ?? _consumed.GetValueOrDefault(fullName) ?? typeof(ActionRecorded).Assembly.GetType(fullName)
        ?? throw new UnknownMessageException(fullName);
}
