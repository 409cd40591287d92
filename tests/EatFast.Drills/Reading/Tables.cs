using EatFast.Drills.Checking;

namespace EatFast.Drills.Reading;

/// <summary>The rows about orders that were placed since a time, as evidence.</summary>
internal sealed class Tables(Rows rows, DateTimeOffset since)
{
    private const string Recent = "(SELECT id FROM ordering.orders WHERE created_at >= @since)";
    private const string RecentPayments = $"(SELECT id FROM payments.payments WHERE order_id IN {Recent})";

    public Task<List<OrderRow>> OrdersAsync(CancellationToken ct) => ReadAsync(
        """
        SELECT id, customer_id, status, payment_status, payment_method, total_xaf, version, created_at
        FROM ordering.orders WHERE created_at >= @since
        """,
        row => new OrderRow(
            row.GetGuid(0), row.GetGuid(1), row.GetString(2), row.GetString(3), row.GetString(4), row.GetInt64(5), row.GetInt32(6),
                row.Time(7)), ct);

    public Task<List<HistoryRow>> HistoryAsync(CancellationToken ct) => ReadAsync(
        $"SELECT order_id, version, kind, status, actor, at FROM ordering.order_events WHERE order_id IN {Recent}",
        row => new HistoryRow(row.GetGuid(0), row.GetInt32(1), row.GetString(2), row.GetString(3), row.GetString(4), row.Time(5)), ct);

    public Task<List<KeyRow>> KeysAsync(CancellationToken ct) => ReadAsync(
        """
        SELECT principal, key, substring(location FROM '/orders/([0-9a-f-]{36})')::uuid
        FROM ordering.idempotency_keys WHERE created_at >= @since AND status = 201
        """,
        row => new KeyRow(row.GetString(0), row.GetString(1).Split(':', 2)[^1], row.Id(2)), ct);

    public Task<List<PaymentRow>> PaymentsAsync(CancellationToken ct) => ReadAsync(
        $"SELECT id, order_id, method, status, amount_xaf, refunded_xaf FROM payments.payments WHERE order_id IN {Recent}",
        row => new PaymentRow(row.GetGuid(0), row.GetGuid(1), row.GetString(2), row.GetString(3), row.GetInt64(4), row.GetInt64(5)), ct);

    public Task<List<AttemptRow>> AttemptsAsync(CancellationToken ct) => ReadAsync(
        $"""
        SELECT id, payment_id, kind, status, amount_xaf, external_reference
        FROM payments.payment_attempts WHERE payment_id IN {RecentPayments}
        """,
        row => new AttemptRow(row.GetGuid(0), row.GetGuid(1), row.GetString(2), row.GetString(3), row.GetInt64(4), row.GetString(5)), ct);

    public Task<List<LedgerRow>> LedgerAsync(CancellationToken ct) => ReadAsync(
        $"""
        SELECT entry.id, entry.kind, entry.source_id, entry.payment_id, line.account, line.owner_id, line.amount_xaf
        FROM payments.ledger_entries AS entry JOIN payments.ledger_lines AS line ON line.entry_id = entry.id
        WHERE entry.payment_id IN {RecentPayments}
        """,
        row => new LedgerRow(
            row.GetGuid(0), row.GetString(1), row.GetGuid(2), row.GetGuid(3), row.GetString(4), row.Id(5), row.GetInt64(6)), ct);

    public Task<List<DeliveryRow>> DeliveriesAsync(CancellationToken ct) => ReadAsync(
        $"SELECT id, order_id, status, driver_id FROM delivery.deliveries WHERE order_id IN {Recent}",
        row => new DeliveryRow(row.GetGuid(0), row.GetGuid(1), row.GetString(2), row.Id(3)), ct);

    public Task<List<DriverRow>> DriversAsync(CancellationToken ct) =>
        rows.ReadAsync("SELECT id, status FROM delivery.drivers", row => new DriverRow(row.GetGuid(0), row.GetString(1)), null, ct);

    public Task<List<NoticeRow>> NoticesAsync(CancellationToken ct) => ReadAsync(
        $"""
        SELECT user_id, kind, subject_id FROM notifications.notifications
        WHERE kind LIKE 'order.%' AND subject_id IN {Recent}
        """,
        row => new NoticeRow(row.GetGuid(0), row.GetString(1), row.GetGuid(2)), ct);

    public Task<List<TextRow>> TextsAsync(CancellationToken ct) => ReadAsync(
        $"""
        SELECT id, kind, channel, subject_id, status FROM notifications.notification_messages
        WHERE created_at >= @since AND order_id IN {Recent}
        """,
        row => new TextRow(row.GetGuid(0), row.GetString(1), row.GetString(2), row.GetGuid(3), row.GetString(4)), ct);

    public Task<List<FollowedRow>> FollowedAsync(CancellationToken ct) => ReadAsync(
        $"SELECT order_id, version, status FROM notifications.followed_orders WHERE order_id IN {Recent}",
        row => new FollowedRow(row.GetGuid(0), row.GetInt32(1), row.Text(2)), ct);

    private Task<List<T>> ReadAsync<T>(string sql, Func<Npgsql.NpgsqlDataReader, T> row, CancellationToken ct) =>
        rows.ReadAsync(sql, row, since, ct);
}
