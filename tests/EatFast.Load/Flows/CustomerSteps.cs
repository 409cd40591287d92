using EatFast.Load.Http;

namespace EatFast.Load.Flows;

/// <summary>What the customer does: look around, order, pay, perhaps cancel, receive, perhaps rate.</summary>
internal static class CustomerSteps
{
    private const string Pays = "+237677777777";
    private const string CannotPay = "+237677777770";

    private static readonly string[] CashDoubted = ["PREPAYMENT_REQUIRED", "PHONE_PROOF_REQUIRED", "CASH_UNDER_REVIEW"];

    public static async Task BrowseAsync(Visit visit, CancellationToken ct)
    {
        var restaurant = visit.Scene.Restaurant;
        var place = FormattableString.Invariant($"lat={restaurant.Latitude}&lng={restaurant.Longitude}");
        var path = $"/api/v1/restaurants?city=douala&{place}&sort=distance";
        var list = visit.Call(Calls.ListRestaurants, HttpMethod.Get, path, visit.Customer);
        await visit.RequireAsync(list with { Due = visit.Due }, ct);
        await visit.RequireAsync(visit.Call(Calls.ReadMenu, HttpMethod.Get, restaurant.MenuPath, visit.Customer), ct);
    }

    public static async Task PlaceAsync(Visit visit, CancellationToken ct)
    {
        var call = visit.Call(Calls.Place, HttpMethod.Post, "/api/v1/orders", visit.Customer, OrderBody(visit));
        var order = await visit.RequireAsync(visit.Scene.Options.Mix.PlaceOnly ? call with { Due = visit.Due } : call, ct);
        visit.OrderId = order.DataId("orderId") ?? throw new StoppedException(null, "place order: the answer has no orderId");
        visit.DropCode = order.Data("dropCode") ?? "";
    }

    public static async Task PayAsync(Visit visit, CancellationToken ct)
    {
        var isCash = visit.Plan.Cash;
        var answer = await visit.RequireAsync(PayCall(visit, isCash), ct, isCash ? CashDoubted : []);
        if (isCash && answer.IsGood)
            return;
        // Who is not trusted with cash yet pays beforehand.
        var started = isCash ? await visit.RequireAsync(PayCall(visit, false), ct) : answer;
        await WatchPaymentAsync(visit, started.Data("paymentId"), ct);
    }

    private static Call PayCall(Visit visit, bool isCash) => visit.Call(
        Calls.Pay, HttpMethod.Post, "/api/v1/payments/process", visit.Customer, Bodies.Object(json =>
        {
            json.WriteString("orderId", visit.OrderId);
            json.WriteString("method", isCash ? "cash" : "campay");
            if (!isCash)
                json.WriteString("phone", visit.Plan.Unpaid ? CannotPay : Pays);
        }));

    public static Task UntilReleasedAsync(Visit visit, CancellationToken ct) => visit.UntilAsync(
        order => order.Data("paymentStatus") is "paid" or "authorized" or "refunded", "the kitchen sees the order", ct);

    public static async Task CancelAsync(Visit visit, CancellationToken ct)
    {
        var body = Bodies.Object(json => json.WriteString("reason", "changed_mind"));
        var cancel = visit.Call(Calls.Cancel, HttpMethod.Post, $"{visit.OrderPath}/cancel", visit.Customer, body);
        await visit.RequireAsync(cancel, ct, "ORDER_ALREADY_CANCELLED");
    }

    public static Task UntilDeliveredAsync(Visit visit, CancellationToken ct) =>
        visit.UntilAsync(order => order.Data("status") is "delivered" or "completed", "the customer sees the delivery", ct);

    public static async Task RateAsync(Visit visit, CancellationToken ct)
    {
        var body = Bodies.Object(json =>
        {
            json.WriteNumber("rating", visit.Choice.Next(3, 6));
            json.WriteString("comment", "Très bon, encore chaud !");
        });
        var rate = visit.Call(Calls.Rate, HttpMethod.Post, $"{visit.OrderPath}/rating", visit.Customer, body);
        await visit.RequireAsync(rate, ct, "ORDER_ALREADY_RATED");
    }

    // The app shows the payment's page until the payer has answered the prompt on the phone.
    private static async Task WatchPaymentAsync(Visit visit, string? paymentId, CancellationToken ct)
    {
        var (scene, started) = (visit.Scene, visit.Scene.Clock.GetTimestamp());
        var read = visit.Call(Calls.ReadPayment, HttpMethod.Get, $"/api/v1/payments/status/{paymentId}", visit.Customer);
        var goal = visit.Plan.Unpaid ? "failed" : "completed";
        var last = "";
        var looks = 0;
        do
        {
            await visit.RestAsync(++looks, ct);
            last = (await visit.RequireAsync(read, ct)).Data("status");
            if (last == goal)
                return;
        }
        while (last is "pending" or "processing" && scene.Clock.GetElapsedTime(started) < scene.Options.LookFor);
        throw new StoppedException(null, $"the payment is {last}, not {goal}");
    }

    private static byte[] OrderBody(Visit visit) => Bodies.Object(json =>
    {
        var (restaurant, choice) = (visit.Scene.Restaurant, visit.Choice);
        json.WriteString("restaurantId", restaurant.Id);
        restaurant.WriteBasket(json, choice);
        json.WriteStartObject("deliveryAddress");
        json.WriteString("street", $"Rue Joss {choice.Next(1, 200)}");
        json.WriteString("city", "douala");
        json.WriteStartObject("coordinates");
        json.WriteNumber("latitude", Near(restaurant.Latitude, choice));
        json.WriteNumber("longitude", Near(restaurant.Longitude, choice));
        json.WriteEndObject();
        json.WriteString("instructions", "Portail bleu, deuxième étage");
        json.WriteEndObject();
        json.WriteString("paymentMethod", visit.Plan.Cash ? "cash" : "campay");
    });

    // Up to some three kilometres away.
    private static double Near(double coordinate, Random choice) => Math.Round(coordinate + (choice.NextDouble() - 0.5) * 0.04, 6);
}
