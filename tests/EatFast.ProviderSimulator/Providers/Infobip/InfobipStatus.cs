namespace EatFast.ProviderSimulator.Providers.Infobip;

internal sealed record InfobipStatus(int GroupId, string GroupName, int Id, string Name, string Description)
{
    public static readonly InfobipStatus Accepted = new(1, "PENDING", 26, "PENDING_ACCEPTED", "Message sent to next instance");
    public static readonly InfobipStatus Delivered = new(3, "DELIVERED", 5, "DELIVERED_TO_HANDSET", "Message delivered to handset");
    public static readonly InfobipStatus NotDelivered =
        new(2, "UNDELIVERABLE", 9, "UNDELIVERABLE_NOT_DELIVERED", "Message sent not delivered");
    public static readonly InfobipStatus DuplicateId =
        new(5, "REJECTED", 23, "REJECTED_DUPLICATE_MESSAGE_ID", "Duplicate message ID");
    public static readonly InfobipStatus TooLong = new(5, "REJECTED", 25, "REJECTED_MESSAGE_TOO_LONG", "Message too long");
    public static readonly InfobipStatus MissingTo = new(5, "REJECTED", 51, "REJECTED_MISSING_TO", "Missing TO");
    public static readonly InfobipStatus BadDestination =
        new(5, "REJECTED", 52, "REJECTED_DESTINATION", "Invalid destination address");

    public bool IsFinal => GroupId != Accepted.GroupId;
}

internal sealed record InfobipError(int GroupId, string GroupName, int Id, string Name, string Description, bool Permanent)
{
    public static readonly InfobipError None = new(0, "OK", 0, "NO_ERROR", "No Error", false);
    public static readonly InfobipError AbsentSubscriber =
        new(1, "HANDSET_ERRORS", 27, "EC_ABSENT_SUBSCRIBER", "Absent Subscriber", false);

    public static InfobipError Of(InfobipStatus status) => status == InfobipStatus.NotDelivered ? AbsentSubscriber : None;
}
