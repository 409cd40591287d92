using EatFast.Errors;

namespace EatFast.Ordering.Tests.Walk;

/// <summary>The broker at its worst: any order, any delay, any number of copies; the inbox lets each message take effect once.</summary>
internal sealed class Post
{
    private readonly List<(Guid Id, Action Effect)> _underWay = [];
    private readonly HashSet<Guid> _inbox = [];

    public bool IsEmpty => _underWay.Count == 0;

    public void Send(Action effect) => _underWay.Add((Guid.NewGuid(), effect));

    public void Deliver(int choice, bool keepsCopy = false)
    {
        if (IsEmpty)
            return;
        var index = choice % _underWay.Count;
        var (id, effect) = _underWay[index];
        if (!keepsCopy)
            _underWay.RemoveAt(index);
        if (!_inbox.Add(id))
            return;
        try
        {
            effect();
        }
        catch (RuleViolatedException)
        {
            // What the rules refuse is logged and acknowledged, as the inbox does.
        }
    }
}
