using System.Collections.Concurrent;
using EatFast.Probe;
using MassTransit;

namespace EatFast.ServiceDefaultsTests;

/// <summary>What the broker confirmed, in that order; a second copy of the same event is not an event.</summary>
internal sealed class PublishLog : IPublishObserver
{
    private readonly ConcurrentQueue<(Guid? Id, NoteTaken Note)> _confirmed = new();

    public IEnumerable<long> PricesOf(Guid noteId) =>
        _confirmed.Where(entry => entry.Note.NoteId == noteId).DistinctBy(entry => entry.Id).Select(entry => entry.Note.PriceXaf);

    public Task PrePublish<T>(PublishContext<T> context) where T : class => Task.CompletedTask;

    public Task PostPublish<T>(PublishContext<T> context) where T : class
    {
        if (context.Message is NoteTaken note)
            _confirmed.Enqueue((context.MessageId, note));
        return Task.CompletedTask;
    }

    public Task PublishFault<T>(PublishContext<T> context, Exception exception) where T : class => Task.CompletedTask;
}
