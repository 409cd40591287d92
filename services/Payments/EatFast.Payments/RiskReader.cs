using EatFast.Payments.Clients;
using EatFast.Payments.Data;
using EatFast.Payments.Domain;
using Grpc.Core;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Payments;

/// <summary>What the caller knows of an order that is to be judged; phone and device are kept as keyed hashes only.</summary>
internal sealed record RiskQuestion(RiskSubject About, string? Phone, string? Device)
{
    private const string DeviceHeader = "X-Device-Id";
    private const int LongestDevice = 200;

    /// <summary>When the device was seen by somebody else, who tells its mark and not its name.</summary>
    public string? DeviceMark { get; init; }

    public static string? DeviceOf(HttpContext http) =>
        http.Request.Headers[DeviceHeader].ToString() is { Length: > 0 and <= LongestDevice } device ? device : null;
}

/// <summary>What the database counts for one question, in one round trip.</summary>
internal sealed record RiskCounts(
    long Delivered, long Orders1h, long Orders24h, long OpenCash, long Stopped, long FailedHandOvers, long FailedAtAddress, long FailedCharges,
    long NewPhones, long OnPhone, long OnDevice, long AtAddress, long Confirmed);

/// <summary>Gathers the features of an order from our own tables, and for cash its places from Ordering, which may be missing.</summary>
internal sealed class RiskReader(
    PaymentsDbContext db, OrderLookup orders, PhoneProof people, MarkHasher marks, RiskOptions options, TimeProvider clock,
    ILogger<RiskReader> logger)
{
    private const double EarthRadiusMetres = 6_371_000;

    public async Task<RiskFeatures> ReadAsync(RiskQuestion question, CancellationToken ct)
    {
        var about = question.About;
        var isCash = RiskMethods.Of(about.Method) == RiskMethods.Cash;
        var (place, own) = isCash ? await AskNeighboursAsync(about, ct) : (null, "");
        var address = place is { IsDelivery: true } ? marks.OfPlace(place.DoorLatitude, place.DoorLongitude) : "";
        var phone = question.Phone is { } number ? marks.Of(RiskMark.Phone, number) : "";
        var device = question.Device is { } name ? marks.Of(RiskMark.Device, name) : question.DeviceMark ?? "";
        await RememberAsync(
            about.CustomerId,
            [
                (RiskMark.Phone, phone), (RiskMark.OwnPhone, own), (RiskMark.Device, device), (RiskMark.Address, address),
                (RiskMark.ProvenPhone, place?.ProvenPhone ?? "")
            ],
            ct);
        var counts = await CountAsync(about, isCash ? "" : phone, address, ct);
        return new RiskFeatures()
            .With(RiskFeature.AmountXaf, about.AmountXaf)
            .With(RiskFeature.DeliveredOrders, counts.Delivered)
            .With(RiskFeature.OrdersLastHour, counts.Orders1h)
            .With(RiskFeature.OrdersLastDay, counts.Orders24h)
            .With(RiskFeature.OpenCashOrders, counts.OpenCash)
            .With(RiskFeature.StoppedOrders, counts.Stopped)
            .With(RiskFeature.FailedHandOvers, counts.FailedHandOvers)
            .With(RiskFeature.FailedHandOversAtAddress, address == "" ? null : counts.FailedAtAddress)
            .With(RiskFeature.FailedCharges, counts.FailedCharges)
            .With(RiskFeature.NewPhones, counts.NewPhones)
            .With(RiskFeature.AccountsOnPhone, phone == "" && own == "" && counts.OnPhone == 0 ? null : counts.OnPhone)
            .With(RiskFeature.AccountsOnDevice, counts.OnDevice)
            .With(RiskFeature.AccountsAtAddress, address == "" ? null : counts.AtAddress)
            .With(RiskFeature.DistanceMetres, place is { IsDelivery: true } ? MetresOf(place) : null)
            .With(RiskFeature.IsGuest, place is null ? null : place.IsGuest ? 1 : 0)
            .With(RiskFeature.GuestPhoneProven, place is { ProvenPhone.Length: > 0 } ? 1 : null)
            .With(RiskFeature.ConfirmedFrauds, counts.Confirmed);
    }

    // Both at once, so that a slow one leaves time for the rest. An account's number stands under the same hash as one that was charged.
    private async Task<(OrderPlaces? Place, string OwnPhone)> AskNeighboursAsync(RiskSubject about, CancellationToken ct)
    {
        var (place, number) = (FindPlaceAsync(about.OrderId, ct), people.FindNumberAsync(about.CustomerId, ct));
        await Task.WhenAll(place, number);
        return (await place, await number is { } own ? marks.Of(RiskMark.Phone, own) : "");
    }

    private async Task<OrderPlaces?> FindPlaceAsync(Guid orderId, CancellationToken ct)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(options.NeighbourPatience);
        try
        {
            return (await orders.FindOrNullAsync(orderId, patience.Token))?.Places;
        }
        catch (Exception away) when (away is RpcException or OperationCanceledException && !ct.IsCancellationRequested)
        {
            logger.LogWarning("Ordering did not say in time where order {OrderId} goes: {Reason}", orderId, away.Message);
            return null;
        }
    }

    // Uses pk_risk_marks; what is known already is not written again.
    private async Task RememberAsync(Guid customerId, IEnumerable<(string Kind, string Mark)> shown, CancellationToken ct)
    {
        var known = shown.Where(mark => mark.Mark != "").ToList();
        if (known.Count == 0)
            return;
        string[] kinds = [.. known.Select(mark => mark.Kind)];
        string[] values = [.. known.Select(mark => mark.Mark)];
        await db.Database.ExecuteSqlAsync($"""
            INSERT INTO payments.risk_marks (kind, mark, customer_id, first_seen_at)
            SELECT shown.kind, shown.mark, {customerId}, {clock.GetUtcNow()} FROM unnest({kinds}, {values}) AS shown (kind, mark)
            ON CONFLICT (kind, mark, customer_id) DO NOTHING
            """, ct);
    }

    // Uses ix_payments_customer_id_created_at, ix_payments_customer_id (authorized cash), ix_payments_customer_id_created_at1 (stopped),
    // ix_ledger_entries_kind_source_id, the indexes of failed_hand_overs, pk_risk_marks, ix_risk_marks_customer_id_kind_first_seen_at and
    // ix_fraud_alerts_customer_id; each count ends early. A charge is judged by the number it goes to, cash by all that its person orders
    // and pays with. A new session makes a new guest, so guests who proved one number are one person,
    // with the account that one of them became.
    private async Task<RiskCounts> CountAsync(RiskSubject about, string phone, string address, CancellationToken ct)
    {
        var (now, customer, order) = (clock.GetUtcNow(), about.CustomerId, about.OrderId);
        var (hour, day, month) = (now.AddHours(-1), now.AddDays(-1), now.AddDays(-30));
        return await db.Database.SqlQuery<RiskCounts>($"""
            WITH person AS (SELECT {customer} AS id UNION SELECT other.customer_id FROM payments.risk_marks AS own
              JOIN payments.risk_marks AS other ON other.kind = own.kind AND other.mark = own.mark
              WHERE own.customer_id = {customer} AND own.kind = 'proven_phone')
            SELECT
              (SELECT count(*) FROM (SELECT 1 FROM payments.payments AS paid WHERE paid.customer_id = ANY (ARRAY(SELECT id FROM person))
                AND paid.purpose = 'order' AND paid.completed_at IS NOT NULL AND EXISTS (SELECT 1 FROM payments.ledger_entries AS entry
                  WHERE entry.kind = 'settlement' AND entry.source_id = paid.id) LIMIT 50) AS found) AS delivered,
              (SELECT count(*) FROM (SELECT 1 FROM payments.payments AS other WHERE other.customer_id = ANY (ARRAY(SELECT id FROM person))
                AND other.purpose = 'order' AND other.created_at > {hour} AND other.order_id <> {order} LIMIT 100) AS found) AS orders1h,
              (SELECT count(*) FROM (SELECT 1 FROM payments.payments AS other WHERE other.customer_id = ANY (ARRAY(SELECT id FROM person))
                AND other.purpose = 'order' AND other.created_at > {day} AND other.order_id <> {order} LIMIT 100) AS found) AS orders24h,
              (SELECT count(*) FROM payments.payments AS waiting WHERE waiting.customer_id = ANY (ARRAY(SELECT id FROM person))
                AND waiting.status = 'authorized' AND waiting.stopped_as IS NULL AND waiting.order_id <> {order}) AS open_cash,
              (SELECT count(*) FROM (SELECT 1 FROM payments.payments AS ended WHERE ended.customer_id = ANY (ARRAY(SELECT id FROM person))
                AND ended.stopped_as IS NOT NULL AND ended.created_at > {month} LIMIT 50) AS found) AS stopped,
              (SELECT count(*) FROM payments.failed_hand_overs WHERE customer_id = ANY (ARRAY(SELECT id FROM person))
                AND failed_at > {month}) AS failed_hand_overs,
              (SELECT count(*) FROM payments.failed_hand_overs WHERE address = {address} AND failed_at > {month}) AS failed_at_address,
              (SELECT count(*) FROM (SELECT 1 FROM payments.payments AS tried JOIN payments.payment_attempts AS attempt
                ON attempt.payment_id = tried.id WHERE tried.customer_id = ANY (ARRAY(SELECT id FROM person)) AND tried.created_at > {day}
                AND attempt.kind = 'collect' AND attempt.status IN ('failed', 'expired') AND attempt.created_at > {hour} LIMIT 20) AS found)
                AS failed_charges,
              (SELECT count(*) FROM payments.risk_marks WHERE customer_id = {customer} AND kind = 'phone' AND first_seen_at > {day})
                AS new_phones,
              (SELECT count(DISTINCT found.customer_id) FROM (SELECT other.customer_id FROM payments.risk_marks AS own
                JOIN payments.risk_marks AS other ON other.kind IN ('phone', 'own_phone') AND other.mark = own.mark
                  AND other.customer_id <> ALL (ARRAY(SELECT id FROM person))
                WHERE own.customer_id = ANY (ARRAY(SELECT id FROM person)) AND own.kind IN ('phone', 'own_phone')
                AND ({phone} = '' OR own.mark = {phone}) LIMIT 50) AS found) AS on_phone,
              (SELECT count(DISTINCT other.customer_id) FROM payments.risk_marks AS own JOIN payments.risk_marks AS other
                ON other.kind = own.kind AND other.mark = own.mark AND other.customer_id <> ALL (ARRAY(SELECT id FROM person))
                WHERE own.customer_id = ANY (ARRAY(SELECT id FROM person)) AND own.kind = 'device') AS on_device,
              (SELECT count(*) FROM (SELECT 1 FROM payments.risk_marks WHERE kind = 'address' AND mark = {address}
                AND customer_id <> ALL (ARRAY(SELECT id FROM person)) LIMIT 50) AS found) AS at_address,
              (SELECT count(*) FROM payments.fraud_alerts WHERE customer_id = ANY (ARRAY(SELECT id FROM person))
                AND status = 'confirmed') AS confirmed
            """).SingleAsync(ct);
    }

    private static long MetresOf(OrderPlaces place)
    {
        var (from, to) = (double.DegreesToRadians(place.RestaurantLatitude), double.DegreesToRadians(place.DoorLatitude));
        var (north, east) = (to - from, double.DegreesToRadians(place.DoorLongitude - place.RestaurantLongitude));
        var chord = Math.Pow(Math.Sin(north / 2), 2) + (Math.Cos(from) * Math.Cos(to) * Math.Pow(Math.Sin(east / 2), 2));
        return (long)(2 * EarthRadiusMetres * Math.Asin(Math.Min(1, Math.Sqrt(chord))));
    }
}
