// The namespace of an event is part of the wire contract: moving one is a breaking change.
namespace EatFast.Catalog.Contracts;

/// <summary>An item was added, changed, sold out or came back: whoever keeps a copy drops it.</summary>
public sealed record MenuItemChanged(Guid ItemId, Guid RestaurantId, bool IsAvailable, DateTimeOffset ChangedAt);
