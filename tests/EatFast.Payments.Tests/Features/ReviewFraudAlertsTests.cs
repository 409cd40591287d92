using System.Text.Json;
using EatFast.Ordering.Contracts;
using EatFast.Payments.Contracts;
using EatFast.Payments.Domain;
using EatFast.Security;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Payments.Tests.Features;

/// <summary>Administrators see what is doubted and decide; their word releases a cash order, or follows its customer.</summary>
public sealed class ReviewFraudAlertsTests(PaymentsSystem system)
{
    private readonly Guid _admin = Guid.NewGuid();

    [Fact]
    public async Task One_device_for_many_accounts_holds_cash_until_a_person_dismisses_it_and_never_money_that_comes_beforehand()
    {
        var order = await AReviewedOrderAsync();
        var alert = await AlertOfAsync(order);

        var decided = await DecideAsync(alert, FraudAlertStatus.FalsePositive);
        var again = await DecideAsync(alert, FraudAlertStatus.FalsePositive);
        var other = await DecideAsync(alert, FraudAlertStatus.Confirmed);

        Assert.Equal((200, 200, "FRAUD_ALERT_DECIDED"), ((int)decided.StatusCode, (int)again.StatusCode, await other.CodeAsync()));
        Assert.Single(await system.EventsAsync<PaymentAuthorized>(said => said.OrderId == order.OrderId));
        Assert.Equal(PaymentStatus.Authorized, (await system.PaymentOfAsync(order.OrderId)).Status);
        Assert.Equal(_admin, (await decided.DataAsync()).GetProperty("decidedBy").GetGuid());
        var traces = await system.EventsAsync<ActionRecorded>(done => done.SubjectId == alert && done.ActorId == _admin);
        Assert.All(traces, done => Assert.Equal(("fraud_alert.decided", FraudAlertStatus.FalsePositive), (done.Action, done.Details["status"])));
        Assert.Equal(2, traces.Count);
    }

    [Fact]
    public async Task Ten_decisions_at_once_release_an_order_once()
    {
        var order = await AReviewedOrderAsync();
        var alert = await AlertOfAsync(order);

        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => DecideAsync(alert, FraudAlertStatus.FalsePositive)));

        Assert.All(answers, answer => Assert.Equal(200, (int)answer.StatusCode));
        Assert.Single(await system.EventsAsync<PaymentAuthorized>(said => said.OrderId == order.OrderId));
    }

    [Fact]
    public async Task Confirmed_fraud_follows_its_customer()
    {
        var order = await AReviewedOrderAsync();
        await DecideAsync(await AlertOfAsync(order), FraudAlertStatus.Confirmed, HttpMethod.Patch);

        var next = await system.APlacedOrderAsync(PaymentMethods.Cash, customerId: order.CustomerId);

        Assert.Contains(
            await system.Payments.WithDbAsync(db => db.FraudAlerts.Where(row => row.OrderId == next.OrderId).Select(row => row.Factors).SingleAsync()),
            factor => factor.Code == "fraud_confirmed");
        Assert.Empty(await system.EventsAsync<PaymentAuthorized>(said => said.OrderId == next.OrderId || said.OrderId == order.OrderId));
    }

    [Fact]
    public async Task Alerts_are_listed_with_score_and_factors_newest_first()
    {
        var older = await AReviewedOrderAsync();
        var newer = await AReviewedOrderAsync();

        var page = await ListAsync("?status=open&severity=high&limit=100");
        var first = await ListAsync("?status=open&limit=1&offset=0");
        var none = await ListAsync("?type=nothing_of_the_kind");

        var orders = page.GetProperty("alerts").EnumerateArray().Select(row => row.GetProperty("orderId").GetGuid()).ToList();
        Assert.True(orders.IndexOf(newer.OrderId) >= 0 && orders.IndexOf(newer.OrderId) < orders.IndexOf(older.OrderId));
        var alert = first.GetProperty("alerts")[0];
        Assert.Equal((newer.OrderId, "high", "shared_device"), (
            alert.GetProperty("orderId").GetGuid(), alert.GetProperty("severity").GetString(), alert.GetProperty("type").GetString()));
        Assert.Equal("device_shared", alert.GetProperty("factors")[0].GetProperty("code").GetString());
        Assert.InRange(alert.GetProperty("riskScore").GetInt32(), 90, 100);
        Assert.Equal(0, none.GetProperty("pagination").GetProperty("total").GetInt64());
    }

    [Fact]
    public async Task Others_see_and_decide_nothing_and_odd_words_are_refused()
    {
        var order = await AReviewedOrderAsync();
        var alert = await AlertOfAsync(order);

        var customer = await system.SendAsync(order.CustomerId, "admin/fraud-alerts");
        var own = await system.SendAsync(
            order.CustomerId, $"admin/fraud-alerts/{alert}/status", new { status = "false_positive" }, method: HttpMethod.Put);
        var unknown = await DecideAsync(Guid.NewGuid(), FraudAlertStatus.Resolved);
        var odd = await DecideAsync(alert, "forgiven");
        var filter = await system.SendAsync(_admin, "admin/fraud-alerts?status=odd", role: Roles.Admin);

        Assert.Equal((403, 403, 404, 400, 400), (
            (int)customer.StatusCode, (int)own.StatusCode, (int)unknown.StatusCode, (int)odd.StatusCode, (int)filter.StatusCode));
        Assert.Empty(await system.EventsAsync<PaymentAuthorized>(said => said.OrderId == order.OrderId));
    }

    private async Task<OrderPlaced> AReviewedOrderAsync()
    {
        var device = $"device-{Guid.NewGuid():N}";
        for (var account = 0; account < 3; account++)
        {
            var earlier = await system.APlacedOrderAsync();
            Assert.Equal(202, (int)(await PayAsync(earlier, device, "campay")).StatusCode);
        }
        var beforehand = await system.APlacedOrderAsync();
        Assert.Equal(202, (int)(await PayAsync(beforehand, device, "campay")).StatusCode);
        var order = await system.APlacedOrderAsync(PaymentMethods.CamPay);
        Assert.Equal("CASH_UNDER_REVIEW", await (await PayAsync(order, device, "cash")).CodeAsync());
        return order;
    }

    private async Task<HttpResponseMessage> PayAsync(OrderPlaced order, string device, string method)
    {
        using var client = system.ClientOf("payments", order.CustomerId);
        client.DefaultRequestHeaders.Add("X-Device-Id", device);
        return await client.PostAsync("/api/v1/payments/process", System.Net.Http.Json.JsonContent.Create(
            new { orderId = order.OrderId, method, phone = method == "cash" ? null : system.APhone() }));
    }

    private Task<Guid> AlertOfAsync(OrderPlaced order) => system.Payments.WithDbAsync(db =>
        db.FraudAlerts.Where(row => row.OrderId == order.OrderId && row.Method == PaymentMethods.Cash).Select(row => row.Id).SingleAsync());

    private Task<HttpResponseMessage> DecideAsync(Guid alertId, string status, HttpMethod? method = null) => system.SendAsync(
        _admin, $"admin/fraud-alerts/{alertId}/status", new { status, note = "called them" }, Roles.Admin, method: method ?? HttpMethod.Put);

    private async Task<JsonElement> ListAsync(string query) =>
        await (await system.SendAsync(_admin, $"admin/fraud-alerts{query}", role: Roles.Admin)).DataAsync();
}
