using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using EatFast.Ordering.Contracts;
using EatFast.Ordering.Contracts.V1;
using Grpc.Net.Client;
using OrderingClient = EatFast.Ordering.Contracts.V1.Ordering.OrderingClient;

namespace EatFast.Ordering.Tests.Features;

/// <summary>A guest pays at the door only when the number of the order was proven in the same session.</summary>
public sealed class GuestCashTests(OrderingSystem system)
{
    private const string Proven = "+237 677 00 00 01";

    [Fact]
    public async Task With_the_proven_number_cash_is_taken_and_payments_can_know_the_number_again()
    {
        var (first, second) = (ASession(Proven), ASession(Proven));

        var placed = await (await OrderAsync(first)).DataAsync();
        var again = await (await OrderAsync(second)).DataAsync();

        var reply = await DescribeAsync(placed);
        Assert.Equal(("cash", true, "", ""), (reply.PaymentMethod, reply.IsGuest, reply.GuestName, reply.GuestPhone));
        Assert.Matches("^[0-9a-f]{32}$", reply.ProvenPhoneMark);
        Assert.Equal(reply.ProvenPhoneMark, (await DescribeAsync(again)).ProvenPhoneMark);
    }

    [Fact]
    public async Task With_another_number_or_none_proven_the_guest_hears_both_ways_out()
    {
        var (other, none) = (ASession("+237 699 00 00 02"), system.Identity.StartSession().Session);

        using var byAnother = await OrderAsync(other);
        using var byNone = await OrderAsync(none, language: "en");

        await byAnother.AssertRefusedAsync(HttpStatusCode.UnprocessableEntity, "GUEST_PAYS_FIRST");
        await byNone.AssertRefusedAsync(HttpStatusCode.UnprocessableEntity, "GUEST_PAYS_FIRST");
        var told = (await byNone.Content.ReadFromJsonAsync<JsonNode>(TestContext.Current.CancellationToken))!["message"]!.ToString();
        Assert.Contains("pay first", told, StringComparison.Ordinal);
        Assert.Contains("/api/v1/guest/phone/code", told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_number_proven_in_another_session_and_a_wallet_stay_refused()
    {
        ASession(Proven);

        using var cash = await OrderAsync(system.Identity.StartSession().Session);
        using var wallet = await OrderAsync(ASession(Proven), "wallet");

        await cash.AssertRefusedAsync(HttpStatusCode.UnprocessableEntity, "GUEST_PAYS_FIRST");
        await wallet.AssertRefusedAsync(HttpStatusCode.UnprocessableEntity, "PAYMENT_METHOD_UNAVAILABLE");
    }

    [Fact]
    public async Task Who_pays_first_needs_no_proof_and_shows_none()
    {
        var placed = await (await OrderAsync(system.Identity.StartSession().Session, "mtn_money")).DataAsync();

        Assert.Equal("", (await DescribeAsync(placed)).ProvenPhoneMark);
    }

    [Fact]
    public async Task Who_has_to_call_the_guest_may_ask_whom()
    {
        var placed = await (await OrderAsync(ASession(Proven))).DataAsync();

        var reply = await DescribeAsync(placed, withContact: true);

        Assert.Equal(("Ama Ngo", "+237677000001"), (reply.GuestName, reply.GuestPhone));
    }

    [Fact]
    public async Task The_device_of_a_guest_is_told_as_a_mark()
    {
        var placed = await (await OrderAsync(ASession(Proven))).DataAsync();

        var told = Assert.Single(
            await system.Ordering.AnnouncedAsync<OrderPlaced>(), one => one.OrderId == placed["orderId"]!.GetValue<Guid>());
        Assert.Matches("^[0-9a-f]{32}$", told.DeviceMark!);
    }

    private string ASession(string phone)
    {
        var (session, _) = system.Identity.StartSession();
        system.Identity.ProvenPhones[session] = phone;
        return session;
    }

    private async Task<HttpResponseMessage> OrderAsync(string session, string method = "cash", string language = "fr")
    {
        var client = system.ClientOf("ordering");
        client.DefaultRequestHeaders.Add("X-Guest-Session", session);
        client.DefaultRequestHeaders.Add("X-Device-Id", "a-phone-in-akwa");
        client.DefaultRequestHeaders.Add("Accept-Language", language);
        return await client.PostAsJsonAsync("/api/v1/guest/orders", new
        {
            restaurantId = system.Catalog.AddRestaurant().Id,
            items = new[] { new { menuId = Guid.NewGuid(), quantity = 2 } },
            deliveryAddress = "Rue Joss, Douala",
            deliveryCoordinates = new { lat = 4.06, lng = 9.71 },
            guestName = "Ama Ngo",
            guestPhone = Proven,
            paymentMethod = method
        });
    }

    private async Task<Order> DescribeAsync(JsonNode placed, bool withContact = false)
    {
        using var channel = GrpcChannel.ForAddress(
            "http://ordering", new GrpcChannelOptions { HttpHandler = system.Ordering.Server.CreateHandler() });
        return await new OrderingClient(channel).GetOrderAsync(
            new GetOrderRequest { OrderId = placed["orderId"]!.GetValue<string>(), WithContact = withContact });
    }
}
