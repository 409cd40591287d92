using EatFast.Data;
using EatFast.Delivery.Data;
using EatFast.Delivery.Domain;
using EatFast.Identity.Contracts;
using EatFast.Security;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using DeliveryRow = EatFast.Delivery.Domain.Delivery;

namespace EatFast.Delivery.Tests.Features;

public sealed class PersonalRowsTests(DeliverySystem system)
{
    private readonly string _mark = $"kanari{Guid.NewGuid():N}";

    [Fact]
    public async Task Doors_names_and_numbers_rest_sealed_and_their_people_read_them()
    {
        var (driverId, orderId, _) = await ARideAsync();

        Assert.DoesNotContain(_mark, await DumpAsync(), StringComparison.Ordinal);
        Assert.Equal($"Rue {_mark}", (await system.FindAsync(orderId))!.Order.DeliveryAddress);
        var driver = await DriverAsync(driverId);
        Assert.Equal(($"Blaise {_mark}", $"+237{_mark}"), (driver.Name, driver.Phone));
    }

    [Fact]
    public async Task Rows_from_before_there_were_keys_are_shown_and_are_sealed_beside_all_other_work()
    {
        var (driverId, orderId, _) = await ARideAsync();
        await ExecuteAsync($"UPDATE delivery.drivers SET data_key = NULL, sealed_contact = NULL, name = 'Serge {_mark}' WHERE id = '{driverId}'");
        await ExecuteAsync($$"""
            UPDATE delivery.deliveries SET data_key = NULL, sealed_door = NULL, "order" = "order" || '{"deliveryAddress":"Rue {{_mark}}"}' WHERE order_id = '{{orderId}}'
            """);
        Assert.Equal($"Rue {_mark}", (await system.FindAsync(orderId))!.Order.DeliveryAddress);

        await ResealAsync<Driver>();
        await ResealAsync<DeliveryRow>();

        Assert.DoesNotContain(_mark, await DumpAsync(), StringComparison.Ordinal);
        Assert.Equal($"Rue {_mark}", (await system.FindAsync(orderId))!.Order.DeliveryAddress);
        Assert.Equal($"Serge {_mark}", (await DriverAsync(driverId)).Name);
    }

    [Fact]
    public async Task What_is_erased_cannot_be_read_any_more_once_the_ride_is_over_however_often_it_is_told()
    {
        var (driverId, orderId, customerId) = await ARideAsync();
        await system.Delivery.DeliverAsync(new UserErased(customerId, system.Clock.GetUtcNow()));
        Assert.Equal($"Rue {_mark}", (await system.FindAsync(orderId))!.Order.DeliveryAddress);
        await system.Delivery.DeliverAsync(system.Cancelled(orderId));

        await system.Delivery.DeliverAsync(new UserErased(customerId, system.Clock.GetUtcNow()), times: 2);
        await system.Delivery.DeliverAsync(new UserErased(driverId, system.Clock.GetUtcNow()), times: 2);

        var (delivery, driver) = ((await system.FindAsync(orderId))!, await DriverAsync(driverId));
        Assert.Equal((RowVault.Shredded, (string?)null, "", default(GeoPoint)), (delivery.DataKey, delivery.SealedDoor, delivery.Order.DeliveryAddress, delivery.Order.Destination));
        Assert.Equal((RowVault.Shredded, (string?)null, "", "", (GeoPoint?)null), (driver.DataKey, driver.SealedContact, driver.Name, driver.Phone, driver.Position));
        Assert.Equal(8500, delivery.Order.TotalXaf);
    }

    private async Task<(Guid DriverId, Guid OrderId, Guid CustomerId)> ARideAsync()
    {
        var driver = Driver.Register(Guid.CreateVersion7(system.Clock.GetUtcNow()), $"Blaise {_mark}", $"+237{_mark}", system.Clock.GetUtcNow());
        var order = system.AnOrder();
        order.DeliveryAddress = $"Rue {_mark}";
        order.DeliveryInstructions = $"Sonner {_mark}";
        await system.Delivery.WithDbAsync(db => db.Add(driver).Context.SaveChangesAsync());
        await system.Delivery.DeliverAsync(system.Confirmed(order));
        return (driver.Id, Guid.Parse(order.OrderId), Guid.Parse(order.CustomerId));
    }

    private Task<Driver> DriverAsync(Guid id) => system.Delivery.WithDbAsync(db => db.Drivers.AsNoTracking().SingleAsync(driver => driver.Id == id));

    private async Task ResealAsync<TRow>() where TRow : class, IPersonalRow
    {
        await using var scope = system.Delivery.Services.CreateAsyncScope();
        var services = scope.ServiceProvider;
        await ActivatorUtilities.CreateInstance<ResealRows<DeliveryDbContext, TRow>>(services, new LastLook<TRow>()).RunAsync(CancellationToken.None);
    }

    private async Task<string> DumpAsync() => (string)(await ExecuteAsync("SELECT schema_to_xml('delivery', true, false, '')::text"))!;

    private async Task<object?> ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(system.OwnerConnection);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }
}
