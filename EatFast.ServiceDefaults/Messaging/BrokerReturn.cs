using MassTransit;
using MassTransit.RabbitMqTransport;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using RabbitMQ.Client.Exceptions;

namespace EatFast.Messaging;

/// <summary>
/// A broker that goes away and comes back is used again at once. By itself MassTransit waits longer after each outage, up to half a minute,
/// and a consumer whose channel dies while it is being set up waits for ever.
/// </summary>
internal static class BrokerReturn
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(0.5);

    /// <summary>Delays MassTransit's next connection until the broker answers, so that its own growing waits do not begin.</summary>
    public static async Task AwaitAsync(ConnectionFactory factory, TimeProvider clock, ILogger logger, CancellationToken stopping)
    {
        var isAway = false;
        while (!stopping.IsCancellationRequested && !await AnswersAsync(factory, stopping))
        {
            if (!isAway)
                logger.LogWarning("RabbitMQ at {Host}:{Port} does not answer: events wait until it does.", factory.HostName, factory.Port);
            isAway = true;
            await Task.Delay(Interval, clock, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        if (isAway)
            logger.LogInformation("RabbitMQ answers again.");
    }

    private static async Task<bool> AnswersAsync(ConnectionFactory factory, CancellationToken ct)
    {
        try
        {
            await using var connection = await factory.CreateConnectionAsync(ct);
            return true;
        }
        catch (Exception exception) when (exception is BrokerUnreachableException or OperationInterruptedException or IOException
            or OperationCanceledException or TimeoutException)
        {
            // A wrong password is not an outage: MassTransit reports it.
            return exception.InnerException is AuthenticationFailureException;
        }
    }

    /// <summary>Ends the use of a channel that is closed when its consumer does not end by itself.</summary>
    public sealed class LeaveDeadChannel(TimeProvider clock) : IFilter<ChannelContext>
    {
        private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

        public async Task Send(ChannelContext context, IPipe<ChannelContext> next)
        {
            var closed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            context.Channel.ChannelShutdownAsync += Close;
            try
            {
                if (context.Channel.IsClosed)
                    closed.TrySetResult();
                var use = next.Send(context);
                if (await Task.WhenAny(use, closed.Task) != use)
                    use = use.WaitAsync(Patience, clock);
                await use;
            }
            catch (TimeoutException)
            {
                throw new RabbitMqConnectionException($"The channel of {context.ConnectionContext.Description} was closed.");
            }
            finally
            {
                context.Channel.ChannelShutdownAsync -= Close;
            }

            Task Close(object sender, ShutdownEventArgs reason)
            {
                closed.TrySetResult();
                return Task.CompletedTask;
            }
        }

        public void Probe(ProbeContext context) => context.CreateFilterScope(nameof(LeaveDeadChannel));
    }
}
