using EatFast.Catalog.Clients;
using EatFast.Catalog.Contracts;
using MassTransit;

namespace EatFast.Catalog.Features;

/// <summary>A menu changed: its cached copy goes once more, in case a reader stored an old one while the change was being saved.</summary>
internal sealed class DropCachedMenu(MenuCache cache) : IConsumer<MenuItemChanged>, IConsumer<MenuChanged>, IConsumer<RestaurantChanged>
{
    public Task Consume(ConsumeContext<MenuItemChanged> context) => cache.DropAsync(context.Message.RestaurantId);

    public Task Consume(ConsumeContext<MenuChanged> context) => cache.DropAsync(context.Message.RestaurantId);

    public Task Consume(ConsumeContext<RestaurantChanged> context) => cache.DropAsync(context.Message.RestaurantId);
}
