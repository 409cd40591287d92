using EatFast.Notifications.Domain;
using EatFast.Security;

namespace EatFast.Notifications;

/// <summary>Whose notifications a user reads: the operators share one list, and what one of them has read is read for all.</summary>
internal static class Audience
{
    /// <summary>Stands for all administrators in the place of a user; no account can have it.</summary>
    public static readonly Guid Operators = new("00000000-0000-7000-8000-00000000000a");

    public static IQueryable<Notification> Of(this IQueryable<Notification> notifications, CurrentUser user) => user.IsAdmin
        ? notifications.Where(row => row.UserId == user.Id || row.UserId == Operators)
        : notifications.Where(row => row.UserId == user.Id);
}
