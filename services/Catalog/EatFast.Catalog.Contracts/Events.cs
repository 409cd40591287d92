// The namespace of an event is part of the wire contract: moving one is a breaking change.
namespace EatFast.Catalog.Contracts;

/// <summary>An item was added, changed, sold out or came back: whoever keeps a copy drops it.</summary>
public sealed record MenuItemChanged(Guid ItemId, Guid RestaurantId, bool IsAvailable, DateTimeOffset ChangedAt);

/// <summary>Categories changed, or items left: whoever keeps a copy of the menu drops it.</summary>
public sealed record MenuChanged(Guid RestaurantId, DateTimeOffset ChangedAt);

/// <summary>A restaurant was registered, reviewed or edited; the values are those after the change.</summary>
public sealed record RestaurantChanged(
    Guid RestaurantId, Guid OwnerId, string Name, string City, string Status, decimal CommissionPercent,
    bool AcceptsAutomatically, int PreparationMinutes, int Version, DateTimeOffset ChangedAt);
