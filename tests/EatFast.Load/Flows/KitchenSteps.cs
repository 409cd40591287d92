using EatFast.Load.Http;

namespace EatFast.Load.Flows;

/// <summary>What the restaurant's owner does: confirm, cook and have it ready, or refuse.</summary>
internal static class KitchenSteps
{
    private static readonly string[] Stages =
        ["pending", "confirmed", "preparing", "ready", "picked_up", "in_transit", "delivered", "completed"];

    public static async Task CookAsync(Visit visit, CancellationToken ct)
    {
        var confirmed = Bodies.Object(json =>
        {
            json.WriteString("status", "confirmed");
            json.WriteNumber("estimatedPreparationTime", 20);
        });
        await MoveAsync(visit, Calls.Confirm, "confirmed", confirmed, ct);
        await MoveAsync(visit, Calls.Prepare, "preparing", Bodies.Status("preparing"), ct);
        await MoveAsync(visit, Calls.Ready, "ready", Bodies.Status("ready"), ct);
    }

    public static Task RejectAsync(Visit visit, CancellationToken ct)
    {
        var rejected = Bodies.Object(json =>
        {
            json.WriteString("status", "rejected");
            json.WriteString("reason", "Plus de poulet");
        });
        return MoveAsync(visit, Calls.Reject, "rejected", rejected, ct);
    }

    private static async Task MoveAsync(Visit visit, string name, string status, byte[] body, CancellationToken ct)
    {
        var owner = visit.Scene.Crowd.Owner;
        var move = visit.Call(name, HttpMethod.Put, $"{visit.OrderPath}/status", owner, body);
        var answer = await visit.SendAsync(move, ct);
        // A repeat after a lost answer is refused, because the order has moved already: the owner's app looks.
        if (answer.ErrorCode == "ORDER_TRANSITION_NOT_ALLOWED")
            answer = await visit.SendAsync(visit.Call(Calls.ReadOrder, HttpMethod.Get, visit.OrderPath, owner), ct);
        if (!answer.IsGood || !HasReached(answer.Data("status"), status))
            throw new StoppedException(answer.Data("status"), $"{name}: {answer.Status} {answer.ErrorCode ?? answer.Data("status")}");
        visit.PickupCode = answer.Data("pickupCode") ?? visit.PickupCode;
    }

    private static bool HasReached(string? status, string goal) =>
        status == goal || (Array.IndexOf(Stages, goal) >= 0 && Array.IndexOf(Stages, status) > Array.IndexOf(Stages, goal));
}
