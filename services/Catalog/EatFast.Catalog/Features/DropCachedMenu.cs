using EatFast.Catalog.Contracts;
using MassTransit;

namespace EatFast.Catalog.Features;

/// <summary>A menu changed: its cached copy goes once more, in case a reader stored an old one while the change was being saved.</summary>
internal sealed class DropCachedMenu(PublicAnswers answers) : IConsumer<MenuItemChanged>, IConsumer<MenuChanged>, IConsumer<RestaurantChanged>
{
    public Task Consume(ConsumeContext<MenuItemChanged> context) => answers.DropAsync(context.Message.RestaurantId).AsTask();

    public Task Consume(ConsumeContext<MenuChanged> context) => answers.DropAsync(context.Message.RestaurantId).AsTask();

    public Task Consume(ConsumeContext<RestaurantChanged> context) => answers.DropAsync(context.Message.RestaurantId).AsTask();
}
