using EatFast.Delivery.Domain;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace EatFast.Delivery.Data;

/// <summary>Questions and habits that several features share.</summary>
internal static class DeliveryQueries
{
    private const int Attempts = 5;

    // Constants, not a parameter, so that the partial index of active deliveries serves it.
    public static IQueryable<Domain.Delivery> ActiveOf(this IQueryable<Domain.Delivery> deliveries, Guid driverId) => deliveries
        .Where(d => d.DriverId == driverId
            && (d.Status == DeliveryStatus.Assigned || d.Status == DeliveryStatus.PickingUp
                || d.Status == DeliveryStatus.PickedUp || d.Status == DeliveryStatus.Delivering));

    /// <summary>Apps know a delivery by its own id or by its order's.</summary>
    public static IQueryable<Domain.Delivery> Called(this IQueryable<Domain.Delivery> deliveries, Guid deliveryOrOrderId) =>
        deliveries.Where(d => d.Id == deliveryOrOrderId || d.OrderId == deliveryOrOrderId);

    /// <summary>Decides again on fresh rows when someone else committed first; consumers are repeated by the bus instead.</summary>
    public static async Task<T> DecideAsync<T>(this DbContext db, Func<Task<T>> decide)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await decide();
            }
            catch (DbUpdateException lost) when (attempt < Attempts && IsRace(lost))
            {
                db.ChangeTracker.Clear();
            }
        }
    }

    private static bool IsRace(DbUpdateException exception) => exception is DbUpdateConcurrencyException
        || exception.InnerException is PostgresException
        {
            SqlState: PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.DeadlockDetected
        };
}
