using EatFast.Catalog.Contracts;
using EatFast.Payments.Data;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Payments.Features;

/// <summary>Catalog says what a restaurant's commission is: it holds for the orders that we hear of from now on.</summary>
internal sealed class FollowRestaurant(PaymentsDbContext db) : IConsumer<RestaurantChanged>
{
    // Uses pk_restaurant_rates; changes may arrive in any order.
    public Task Consume(ConsumeContext<RestaurantChanged> context) => db.Database.ExecuteSqlAsync($"""
        INSERT INTO payments.restaurant_rates AS known (restaurant_id, commission_percent, version)
        VALUES ({context.Message.RestaurantId}, {Math.Clamp(context.Message.CommissionPercent, 0, 100)}, {context.Message.Version})
        ON CONFLICT (restaurant_id) DO UPDATE SET commission_percent = EXCLUDED.commission_percent, version = EXCLUDED.version
        WHERE known.version < EXCLUDED.version
        """, context.CancellationToken);
}
