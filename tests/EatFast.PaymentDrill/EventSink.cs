using EatFast.Payments.Contracts;
using EatFast.Security;
using RabbitMQ.Client;

namespace EatFast.PaymentDrill;

/// <summary>
/// Stands in for all who would listen to Payments: an event that the broker can bring to nobody comes back, and is tried again and again.
/// The queue keeps only the newest, as the outbox tells what was said.
/// </summary>
internal static class EventSink
{
    private static readonly Type[] Events =
    [
        typeof(PaymentAuthorized), typeof(PaymentSucceeded), typeof(PaymentFailed), typeof(RefundIssued), typeof(DriverCashMoved),
        typeof(RewardCodeIssued), typeof(PointsChanged), typeof(ActionRecorded)
    ];

    public static async Task BindAsync(string broker)
    {
        await using var connection = await new ConnectionFactory { Uri = new Uri(broker) }.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync();
        var queue = await channel.QueueDeclareAsync(
            "whoever-listens", durable: true, exclusive: false, autoDelete: false,
            arguments: new Dictionary<string, object?> { ["x-max-length"] = 1 });
        foreach (var said in Events)
        {
            var exchange = $"{said.Namespace}:{said.Name}";
            await channel.ExchangeDeclareAsync(exchange, ExchangeType.Fanout, durable: true);
            await channel.QueueBindAsync(queue.QueueName, exchange, "");
        }
    }
}
