using EatFast.Drills.Checking;

namespace EatFast.Drills.Tests;

/// <summary>All rows that one order leaves behind in a healthy system.</summary>
internal sealed class OrderStory
{
    public static readonly Guid Driver = Guid.NewGuid();
    private const long TotalXaf = 4_000;
    private readonly string[] _kinds;
    private readonly Guid _customer = Guid.NewGuid();
    private readonly Guid _collect = Guid.NewGuid();
    private readonly Guid _refund = Guid.NewGuid();
    private readonly Guid _paymentId = Guid.NewGuid();
    private readonly string _method;

    public OrderStory(string method, string kinds)
    {
        (_method, _kinds) = (method, kinds.Split(' '));
        History = [.. _kinds.Select((kind, i) => new HistoryRow(Id, i + 1, kind, StatusAfter(i), "system", Town.Noon.AddMinutes(i)))];
        Outbox = [.. History.Where(row => !row.Kind.StartsWith("payment_", StringComparison.Ordinal)).Select(MessageOf)];
        Ledger = [.. Bookings()];
        Text = new(Guid.NewGuid(), "order.picked_up", "sms", Id, "delivered");
    }

    public Guid Id { get; } = Guid.NewGuid();
    public IReadOnlyList<HistoryRow> History { get; }
    public IReadOnlyList<OutboxRow> Outbox { get; }
    public IReadOnlyList<LedgerRow> Ledger { get; }
    public TextRow Text { get; }

    public ClientCall Placed => new(ClientCall.PlaceOrder, $"key-{Id}", _customer.ToString(), 201, "hash", Id, Town.Noon);

    public OrderRow Order => new(Id, _customer, StatusAfter(_kinds.Length - 1), NotedPayment, _method, TotalXaf, _kinds.Length, Town.Noon);

    public PaymentRow Payment =>
        new(_paymentId, Id, _method, IsPaid ? IsRefunded ? "refunded" : "completed" : "expired", TotalXaf, IsRefunded ? TotalXaf : 0);

    public IEnumerable<AttemptRow> Attempts =>
        [.. Rows(_collect, "collect", IsPaid && _method == "campay"), .. Rows(_refund, "refund", IsRefunded)];

    public IEnumerable<Movement> Movements => Attempts.Select(attempt =>
        new Movement(Guid.NewGuid(), attempt.Kind == "collect" ? "collect" : "withdraw", "SUCCESSFUL", TotalXaf,
            attempt.ExternalReference));

    public IEnumerable<DeliveryRow> Deliveries => _kinds.Contains("confirmed") ? [new(Guid.NewGuid(), Id, "delivered", Driver)] : [];

    public IEnumerable<NoticeRow> Notices => History
        .Where(row => row.Kind != "completed" && !row.Kind.StartsWith("payment_", StringComparison.Ordinal))
        .Select(row => new NoticeRow(_customer, $"order.{row.Kind}", Id));

    private bool IsPaid => _kinds.Contains("released");

    private bool IsRefunded => _kinds.Contains("payment_refunded");

    private string NotedPayment => IsPaid ? IsRefunded ? "refunded" : "paid" : "pending";

    private string StatusAfter(int step) =>
        _kinds.Take(step + 1).Last(kind => kind is not ("released" or "payment_refunded")) is var kind && kind == "placed" ? "pending"
            : kind;

    private OutboxRow MessageOf(HistoryRow row)
    {
        var name = string.Concat(row.Kind.Split('_').Select(word => char.ToUpperInvariant(word[0]) + word[1..]));
        return new("ordering", Guid.NewGuid(), $"EatFast.Ordering.Contracts.Order{name}", Id, row.At, row.At.AddMilliseconds(20), false);
    }

    private IEnumerable<AttemptRow> Rows(Guid id, string kind, bool exists) =>
        exists ? [new AttemptRow(id, _paymentId, kind, "completed", TotalXaf, id.ToString())] : [];

    private IEnumerable<LedgerRow> Bookings()
    {
        if (IsPaid)
            foreach (var line in Booking(_method == "cash" ? "cash_collected" : "capture", _collect, _method == "cash" ? "cash_float"
                : "provider_clearing", TotalXaf))
                yield return line;
        if (IsRefunded)
            foreach (var line in Booking("refund", _refund, "provider_clearing", -TotalXaf))
                yield return line;
        if (_kinds.Contains("completed"))
            foreach (var line in Booking("settlement", _paymentId, "restaurant_payable", -TotalXaf))
                yield return line;
    }

    private IEnumerable<LedgerRow> Booking(string kind, Guid source, string account, long amountXaf)
    {
        var entry = Guid.NewGuid();
        return [new(entry, kind, source, _paymentId, account, null, amountXaf),
            new(entry, kind, source, _paymentId, "order_escrow", Id, -amountXaf)];
    }
}
