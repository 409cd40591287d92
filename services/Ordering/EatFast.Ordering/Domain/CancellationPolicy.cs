namespace EatFast.Ordering.Domain;

/// <summary>
/// What a cancellation costs the customer: nothing until some time after the confirmation, then a part of the total while the kitchen
/// works. Whoever else cancels, the customer pays nothing.
/// </summary>
public sealed record CancellationPolicy(TimeSpan Grace, int FeePercent)
{
    public int FeeOf(Order order, Actor actor, DateTimeOffset now) =>
        actor.Kind == ActorKind.Customer && now > order.ConfirmedAt + Grace ? FeePercent : 0;
}
