using EatFast.Drills.Checking;

namespace EatFast.Drills.Reading;

/// <summary>Outboxes and inboxes of all services. Columns that only some services have are found in the catalogue first.</summary>
internal sealed class Mail(Rows rows, DateTimeOffset since)
{
    public static readonly string[] Services = ["identity", "catalog", "ordering", "payments", "delivery", "notifications"];

    public async Task<IReadOnlyList<OutboxRow>> OutboxAsync(CancellationToken ct)
    {
        var columns = await ColumnsAsync(ct);
        var messages = new List<OutboxRow>();
        foreach (var service in Services.Where(service => columns.Contains((service, "id"))))
            messages.AddRange(await rows.ReadAsync(
                $"""
                SELECT id, type, partition_key, created_at, sent_at,
                       {(columns.Contains((service, "parked_at")) ? "parked_at IS NOT NULL" : "false")},
                       {(columns.Contains((service, "destination")) ? "destination" : "NULL::text")}
                FROM {service}.outbox_messages WHERE created_at >= @since
                """,
                row => new OutboxRow(service, row.GetGuid(0), row.GetString(1), row.GetGuid(2), row.Time(3), row.TimeOrNone(4),
                    row.GetBoolean(5))
                {
                    OnlyFor = row.Text(6)
                },
                since, ct));
        return messages;
    }

    public async Task<IReadOnlyList<InboxRow>> InboxAsync(CancellationToken ct)
    {
        var handled = new List<InboxRow>();
        foreach (var service in Services)
            handled.AddRange(await rows.ReadAsync(
                $"SELECT consumer, message_id FROM {service}.inbox_messages WHERE received_at >= @since",
                row => new InboxRow(service, row.GetString(0), row.GetGuid(1)), since, ct));
        return handled;
    }

    private async Task<HashSet<(string Service, string Column)>> ColumnsAsync(CancellationToken ct) =>
    [
        .. await rows.ReadAsync(
            "SELECT table_schema, column_name FROM information_schema.columns WHERE table_name = 'outbox_messages'",
            row => (row.GetString(0), row.GetString(1)), null, ct)
    ];
}
