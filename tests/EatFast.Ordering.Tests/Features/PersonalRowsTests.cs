using System.Net.Http.Json;
using EatFast.Data;
using EatFast.Identity.Contracts;
using EatFast.Ordering.Data;
using EatFast.Ordering.Domain;
using EatFast.Security;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace EatFast.Ordering.Tests.Features;

public sealed class PersonalRowsTests(OrderingSystem system)
{
    private const string Secret = "a-secret-for-tests-only-0123456789-0123456789";
    private readonly string _mark = $"kanari{Guid.NewGuid():N}";

    [Fact]
    public async Task Nothing_that_names_a_door_rests_readable_and_its_people_read_it()
    {
        var (customer, orderId) = await PlaceAsync();
        (await system.Customer(customer).PostAsJsonAsync($"/api/v1/orders/{orderId}/cancel", new { reason = "other", comment = _mark })).EnsureSuccessStatusCode();

        Assert.DoesNotContain(_mark, await DumpAsync(), StringComparison.Ordinal);
        var shown = await (await system.Customer(customer).GetAsync($"/api/v1/orders/{orderId}")).DataAsync();
        Assert.Contains(_mark, shown["deliveryAddress"]!.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal($"Sonner {_mark}", (string)shown["specialInstructions"]!);
        var order = await system.LoadAsync(orderId);
        Assert.Equal(_mark, order.CommentOf(order.History.Last(change => change.Kind == OrderStatus.Cancelled)));
    }

    [Fact]
    public async Task A_row_from_before_there_were_keys_is_shown_and_is_sealed_beside_all_other_work()
    {
        var (_, orderId) = await PlaceAsync();
        await ExecuteAsync($"UPDATE ordering.orders SET data_key = NULL, sealed_door = NULL, address_street = 'Rue {_mark}' WHERE id = '{orderId}'");
        Assert.Equal($"Rue {_mark}", (await system.LoadAsync(orderId)).Address.Street);

        await ResealAsync();

        Assert.DoesNotContain(_mark, await DumpAsync(), StringComparison.Ordinal);
        Assert.Equal($"Rue {_mark}", (await system.LoadAsync(orderId)).Address.Street);
    }

    [Fact]
    public async Task After_a_new_master_key_the_old_one_opens_what_it_sealed_until_it_is_needed_no_more()
    {
        var (_, orderId) = await PlaceAsync();
        var before = await system.LoadAsync(orderId);
        var old = new RowVault(new FieldCipher(RowVault.Purpose, OrderingSystem.OldKey, [Secret]));
        await ExecuteAsync($"UPDATE ordering.orders SET data_key = '{old.Renew(before.DataKey!, $"orders|{orderId}")}' WHERE id = '{orderId}'");
        var between = await system.LoadAsync(orderId);
        Assert.StartsWith(old.CurrentPrefix, between.DataKey, StringComparison.Ordinal);
        Assert.Equal(before.Address, between.Address);

        await ResealAsync();

        var current = new RowVault(new FieldCipher(RowVault.Purpose, Secret, []));
        var after = await system.LoadAsync(orderId);
        Assert.StartsWith(current.CurrentPrefix, after.DataKey, StringComparison.Ordinal);
        ((IPersonalRow)after).Open(current);
        Assert.Equal(before.Address, after.Address);
    }

    [Fact]
    public async Task The_progress_tells_how_much_is_left()
    {
        await PlaceAsync();
        await ResealAsync();

        await using var scope = system.Ordering.Services.CreateAsyncScope();
        var progress = new List<ResealProgress>();
        foreach (var kind in scope.ServiceProvider.GetServices<IResealProgress>())
            progress.Add(await kind.ReadAsync(CancellationToken.None));

        Assert.All(progress, part => Assert.Equal("ordering.orders", part.Rows));
        Assert.Contains(progress, part => part.Total > 0);
        Assert.All(progress, part => Assert.InRange(part.Remaining, 0, part.Total));
    }

    [Fact]
    public async Task The_key_goes_with_the_customer_however_often_that_is_told_and_the_bill_stays()
    {
        var (customer, orderId) = await PlaceAsync();
        var bill = (await system.LoadAsync(orderId)).Pricing;
        await system.Ordering.DeliverAsync(new UserErased(customer, system.Clock.GetUtcNow()));
        Assert.Contains(_mark, (await system.LoadAsync(orderId)).Address.Street, StringComparison.Ordinal);
        (await system.Customer(customer).PostAsJsonAsync($"/api/v1/orders/{orderId}/cancel", new { reason = "other", comment = _mark })).EnsureSuccessStatusCode();

        await system.Ordering.DeliverAsync(new UserErased(customer, system.Clock.GetUtcNow()), times: 2);
        await system.Ordering.DeliverAsync(new UserErased(customer, system.Clock.GetUtcNow()));

        var order = await system.LoadAsync(orderId);
        Assert.Equal((RowVault.Shredded, (string?)null, "", (string?)null), (order.DataKey, order.SealedDoor, order.Address.Street, order.SpecialInstructions));
        Assert.Null(order.CommentOf(order.History.Last(change => change.Kind == OrderStatus.Cancelled)));
        Assert.Equal(bill, order.Pricing);
    }

    private async Task<(Guid Customer, Guid OrderId)> PlaceAsync()
    {
        var (restaurant, customer) = (system.Catalog.AddRestaurant(), Guid.NewGuid());
        var body = Bodies.Order(restaurant.Id);
        body["deliveryAddress"]!["street"] = $"Rue {_mark}";
        body["specialInstructions"] = $"Sonner {_mark}";
        var placed = await system.Customer(customer).PostAsJsonAsync("/api/v1/orders", body);
        return (customer, (await placed.DataAsync())["orderId"]!.GetValue<Guid>());
    }

    private async Task ResealAsync()
    {
        await using var scope = system.Ordering.Services.CreateAsyncScope();
        var job = ActivatorUtilities.CreateInstance<ResealRows<OrderingDbContext, Order>>(scope.ServiceProvider, new LastLook<Order>());
        await job.RunAsync(CancellationToken.None);
    }

    private async Task<string> DumpAsync() => (string)(await ExecuteAsync("SELECT schema_to_xml('ordering', true, false, '')::text"))!;

    private async Task<object?> ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(system.OwnerConnection);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }
}
