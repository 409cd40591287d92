namespace EatFast.Ordering.Domain;

/// <summary>The parts somebody can play in an order; <see cref="Platform"/> is a timer or a message.</summary>
public static class ActorKind
{
    public const string Customer = "customer";
    public const string Restaurant = "restaurant";
    public const string Driver = "driver";
    public const string Admin = "admin";
    public const string Platform = "system";
}

/// <summary>Who changes an order, and in which part.</summary>
public sealed record Actor(string Kind, Guid? Id)
{
    public static Actor Platform { get; } = new(ActorKind.Platform, null);
}
