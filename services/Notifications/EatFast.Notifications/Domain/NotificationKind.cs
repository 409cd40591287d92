namespace EatFast.Notifications.Domain;

/// <summary>Which switch in a user's preferences turns a kind of news off.</summary>
public enum Topic
{
    OrderUpdates,
    DriverUpdates,
    General
}

public enum SmsRule
{
    Never,
    IfWanted,
    // The customer cannot do without it: a code, lost food or money that comes back.
    Always
}

/// <summary>The one table of what we tell people and on which channels; its texts stand in Templates under the same name.</summary>
public sealed class NotificationKind
{
    public static readonly NotificationKind OrderPlaced = new("order.placed", "orderUpdate", Topic.OrderUpdates);
    public static readonly NotificationKind OrderReleased = new("order.released", "orderUpdate", Topic.OrderUpdates, hasEmail: true);
    public static readonly NotificationKind OrderConfirmed = new("order.confirmed", "orderUpdate", Topic.OrderUpdates, SmsRule.IfWanted);
    public static readonly NotificationKind OrderRejected = new("order.rejected", "orderUpdate", Topic.OrderUpdates, SmsRule.Always);
    public static readonly NotificationKind OrderPreparing = new("order.preparing", "orderUpdate", Topic.OrderUpdates);
    public static readonly NotificationKind OrderReady = new("order.ready", "orderUpdate", Topic.OrderUpdates);
    public static readonly NotificationKind OrderPickedUp = new("order.picked_up", "orderUpdate", Topic.OrderUpdates, SmsRule.Always);
    public static readonly NotificationKind OrderInTransit = new("order.in_transit", "driverLocation", Topic.DriverUpdates);
    public static readonly NotificationKind OrderDelivered = new("order.delivered", "orderUpdate", Topic.OrderUpdates, hasEmail: true);
    public static readonly NotificationKind OrderCancelled = new("order.cancelled", "orderUpdate", Topic.OrderUpdates, SmsRule.Always);
    public static readonly NotificationKind OrderExpired = new("order.expired", "orderUpdate", Topic.OrderUpdates);
    public static readonly NotificationKind RefundIssued = new("payment.refunded", "orderUpdate", Topic.OrderUpdates, SmsRule.Always);
    public static readonly NotificationKind NewOrder = new("restaurant.new_order", "restaurantUpdate", Topic.OrderUpdates);
    public static readonly NotificationKind DriverOffer = new("driver.offer", "orderUpdate", Topic.OrderUpdates);
    public static readonly NotificationKind DriverWithdrawn = new("driver.withdrawn", "orderUpdate", Topic.OrderUpdates);
    public static readonly NotificationKind DriverBringBack = new("driver.bring_back", "orderUpdate", Topic.OrderUpdates, SmsRule.Always);
    public static readonly NotificationKind DeliveryStalled = new("operator.delivery_stalled", "general", Topic.General);
    public static readonly NotificationKind Welcome = new("account.welcome", "general", Topic.General, hasEmail: true);
    public static readonly NotificationKind OperatorSms = new("operator.sms", "general", Topic.General, SmsRule.Always, isInApp: false);

    public static readonly NotificationKind AccountApproved =
        new("account.approved", "general", Topic.General, SmsRule.Always, hasEmail: true);
    public static readonly NotificationKind AccountSuspended = new("account.suspended", "general", Topic.General, hasEmail: true);
    public static readonly NotificationKind AccountRestored = new("account.restored", "general", Topic.General, hasEmail: true);
    public static readonly NotificationKind AccountClosed = new("account.closed", "general", Topic.General, hasEmail: true);
    public static readonly NotificationKind AccountRoleChanged = new("account.role_changed", "general", Topic.General, hasEmail: true);
    public static readonly NotificationKind LoginCode = SecurityCode("security.login");
    public static readonly NotificationKind VerificationCode = SecurityCode("security.verification");
    public static readonly NotificationKind ResetPasswordCode = SecurityCode("security.resetPassword");
    public static readonly NotificationKind SecondFactorCode = SecurityCode("security.secondFactor");
    public static readonly NotificationKind GuestPhoneCode = SecurityCode("security.guestPhone");
    public static readonly NotificationKind SupportContact = Letter("support.contact");
    public static readonly NotificationKind NewsletterConfirm = Letter("newsletter.confirm");
    public static readonly NotificationKind PartnerUnderReview = Letter("partner.under_review");
    public static readonly NotificationKind PartnerApproved = Letter("partner.approved");
    public static readonly NotificationKind PartnerRejected = Letter("partner.rejected");

    private NotificationKind(
        string name, string type, Topic topic, SmsRule sms = SmsRule.Never, bool hasEmail = false, bool isInApp = true) =>
        (Name, Type, Topic, Sms, HasEmail, IsInApp) = (name, type, topic, sms, hasEmail, isInApp);

    public string Name { get; }

    /// <summary>The word by which the clients group and illustrate notifications.</summary>
    public string Type { get; }

    public Topic Topic { get; }

    public SmsRule Sms { get; }

    public bool HasEmail { get; }

    public bool IsInApp { get; }

    public bool IsCritical => Sms == SmsRule.Always;

    public static IReadOnlyList<NotificationKind> All { get; } =
    [
        OrderPlaced, OrderReleased, OrderConfirmed, OrderRejected, OrderPreparing, OrderReady, OrderPickedUp, OrderInTransit,
        OrderDelivered, OrderCancelled, OrderExpired, RefundIssued, NewOrder, DriverOffer, DriverWithdrawn, DriverBringBack,
        DeliveryStalled, Welcome, OperatorSms, AccountApproved, AccountSuspended, AccountRestored, AccountClosed, AccountRoleChanged,
        LoginCode, VerificationCode, ResetPasswordCode, SecondFactorCode, GuestPhoneCode,
        SupportContact, NewsletterConfirm, PartnerUnderReview, PartnerApproved, PartnerRejected
    ];

    // Sent to the address that is to be proven, whatever the user's preferences.
    private static NotificationKind SecurityCode(string name) =>
        new(name, "general", Topic.General, SmsRule.Always, hasEmail: true, isInApp: false);

    // By mail alone, to somebody who need not have an account and has no preferences.
    private static NotificationKind Letter(string name) => new(name, "general", Topic.General, hasEmail: true, isInApp: false);

    public static NotificationKind Of(string name) => All.Single(kind => kind.Name == name);
}
