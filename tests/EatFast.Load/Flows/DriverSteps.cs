using EatFast.Load.Http;

namespace EatFast.Load.Flows;

/// <summary>What a driver does: look at the offers, win one, and exchange a code at each door.</summary>
internal static class DriverSteps
{
    private const string Me = "/api/v1/drivers/me";

    public static async Task DeliverAsync(Visit visit, long readyAt, CancellationToken ct)
    {
        var scene = visit.Scene;
        var driver = await AcceptAsync(visit, ct);
        scene.Recorder.Wait(Calls.UntilOffered, scene.Clock.GetElapsedTime(readyAt).TotalMilliseconds);
        try
        {
            await ReportPositionAsync(visit, driver, ct);
            await StepAsync(visit, driver, Calls.PickUp, "picked_up", visit.PickupCode, ct);
            await StepAsync(visit, driver, Calls.Depart, "delivering", null, ct);
            await StepAsync(visit, driver, Calls.HandOver, "delivered", visit.DropCode, ct);
            if (visit.Plan.Cash)
                await BringCashAsync(visit, driver, ct);
            scene.Crowd.ReturnDriver(driver);
        }
        catch (StoppedException stopped) when (stopped.Status == "cancelled")
        {
            // After any other trouble the driver still has the food and gets no other offer.
            scene.Crowd.ReturnDriver(driver);
            throw;
        }
    }

    // With half of what is allowed in the pocket it goes to the desk; whatever fails is done after the next cash order.
    private static async Task BringCashAsync(Visit visit, Person driver, CancellationToken ct)
    {
        var cash = await visit.SendAsync(visit.Call(Calls.ReadCash, HttpMethod.Get, $"{Me}/cash", driver), ct);
        if (cash.Number("held") is not { } held || cash.Number("ceiling") is not { } ceiling || held * 2 < ceiling)
            return;
        var amount = Bodies.Object(json => json.WriteNumber("amount", held));
        var declared = await visit.SendAsync(visit.Call(Calls.DeclareCash, HttpMethod.Post, $"{Me}/cash/handovers", driver, amount), ct);
        if (declared.DataId("handOverId") is not { } id)
            return;
        var counted = Bodies.Object(json => json.WriteNumber("counted", held));
        var desk = visit.Scene.Crowd.Admin;
        await visit.SendAsync(visit.Call(Calls.CountCash, HttpMethod.Post, $"/api/v1/admin/cash/handovers/{id}/confirm", desk, counted), ct);
    }

    private static async Task<Person> AcceptAsync(Visit visit, CancellationToken ct)
    {
        var scene = visit.Scene;
        using var limit = new CancellationTokenSource(scene.Options.LookFor, scene.Clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, limit.Token);
        var last = "no driver was free";
        try
        {
            for (var tries = 1; ; tries++)
            {
                var driver = await scene.Crowd.TakeDriverAsync(either.Token);
                var refusal = await TryAcceptAsync(visit, driver, ct);
                if (refusal is null)
                    return driver;
                last = refusal;
                scene.Crowd.ReturnDriver(driver);
                await visit.RestAsync(tries, either.Token);
            }
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !ct.IsCancellationRequested)
        {
            throw new StoppedException(null, $"not delivered: {last}");
        }
    }

    /// <summary>Null when this driver has it now.</summary>
    private static async Task<string?> TryAcceptAsync(Visit visit, Person driver, CancellationToken ct)
    {
        var offers = await visit.SendAsync(visit.Call(Calls.ListOffers, HttpMethod.Get, $"{Me}/orders/available", driver), ct);
        if (!offers.IsGood)
            return offers.ErrorCode ?? $"{offers.Status}";
        var accept = visit.Call(Calls.Accept, HttpMethod.Post, $"{Me}/orders/{visit.OrderId}/accept", driver);
        var accepted = await visit.SendAsync(accept, ct);
        return accepted.IsGood ? null : accepted.ErrorCode ?? $"{accepted.Status}";
    }

    private static Task<Answer> ReportPositionAsync(Visit visit, Person driver, CancellationToken ct)
    {
        var restaurant = visit.Scene.Restaurant;
        var body = Bodies.Object(json =>
        {
            json.WriteNumber("latitude", restaurant.Latitude + 0.0004);
            json.WriteNumber("longitude", restaurant.Longitude + 0.0004);
            json.WriteNumber("speed", 6.5);
        });
        return visit.RequireAsync(visit.Call(Calls.ReportPosition, HttpMethod.Post, $"{Me}/location", driver, body), ct);
    }

    private static Task<Answer> StepAsync(
        Visit visit, Person driver, string name, string status, string? code, CancellationToken ct)
    {
        var body = Bodies.Object(json =>
        {
            json.WriteString("status", status);
            if (code is not null)
                json.WriteString("code", code);
        });
        var path = $"{Me}/deliveries/{visit.OrderId}/status";
        return visit.RequireAsync(visit.Call(name, HttpMethod.Put, path, driver, body), ct);
    }
}
