namespace EatFast.Drills.Faults;

/// <summary>A durable boundary at which a service can be told to die.</summary>
internal sealed record FailpointAt(string Service, string Name);

/// <summary>Every failpoint of the product, and the services in which the drill waits for it; the load reaches all but one by
/// itself.</summary>
internal static class Failpoints
{
    public const string MidMigration = "migrate.mid";

    private static readonly (string Name, string[] Services)[] Map =
    [
        ("outbox.before-claim-commit", ["ordering", "delivery"]),
        ("outbox.after-claim", ["payments", "ordering"]),
        ("outbox.after-publish-before-mark", ["ordering", "delivery"]),
        ("outbox.after-mark", ["delivery", "payments"]),
        ("inbox.before-save", ["notifications", "ordering"]),
        ("inbox.after-save-before-ack", ["notifications", "delivery"]),
        ("http.before-commit", ["ordering", "payments"]),
        ("http.after-commit", ["ordering", "payments"]),
        ("payments.before-provider-call", ["payments"]),
        ("payments.after-provider-call-before-record", ["payments"]),
        ("payments.webhook-before-save", ["payments"]),
        ("payments.webhook-after-save", ["payments"]),
        ("payments.refund-after-provider-before-record", ["payments"]),
        ("timer.after-claim-before-commit", ["ordering"]),
        ("timer.after-commit", ["ordering"]),
        ("notifications.after-send-before-record", ["notifications"]),
        ("delivery.accept-before-commit", ["delivery"]),
        ("delivery.accept-after-commit", ["delivery"])
    ];

    public static IReadOnlyList<string> Names { get; } = [.. Map.Select(point => point.Name), MidMigration];

    /// <summary>One place for each point in the short form, every place in the long one.</summary>
    public static IReadOnlyList<FailpointAt> Places(bool everywhere) =>
    [
        .. from point in Map
           from service in everywhere ? point.Services : point.Services[..1]
           select new FailpointAt(service, point.Name)
    ];
}
