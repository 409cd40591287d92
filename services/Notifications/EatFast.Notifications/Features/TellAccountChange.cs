using EatFast.Identity.Contracts;
using EatFast.Notifications.Domain;
using MassTransit;

namespace EatFast.Notifications.Features;

/// <summary>Somebody learns that an operator approved, suspended, closed or reopened their account, or gave it another role.</summary>
internal sealed class TellAccountChange(Postman postman) : IConsumer<UserStatusChanged>, IConsumer<UserRoleChanged>
{
    public Task Consume(ConsumeContext<UserStatusChanged> context)
    {
        var changed = context.Message;
        var kind = changed.Status switch
        {
            "suspended" => NotificationKind.AccountSuspended,
            "inactive" => NotificationKind.AccountClosed,
            _ => changed.PreviousStatus == "pending" ? NotificationKind.AccountApproved : NotificationKind.AccountRestored
        };
        return postman.PostAsync(new News(kind, changed.UserId, changed.ChangeId), context.CancellationToken);
    }

    public Task Consume(ConsumeContext<UserRoleChanged> context) => postman.PostAsync(
        new News(NotificationKind.AccountRoleChanged, context.Message.UserId, context.Message.ChangeId), context.CancellationToken);
}
