namespace EatFast.Drills.Running;

/// <summary>Cancels the orders whose people gave up during a drill, as somebody at a desk would: nobody will come for the food any more.
/// Orders that only wait for the system itself are left alone.</summary>
internal static class Operator
{
    public static async Task<int> CloseAsync(Stage stage, DateTimeOffset since, CancellationToken ct)
    {
        var waiting = await stage.Rows.ReadAsync(
            """
            SELECT id FROM ordering.orders
            WHERE created_at >= @since
              AND (status IN ('confirmed', 'preparing', 'ready', 'picked_up', 'in_transit')
                   OR (status = 'pending' AND released_at IS NOT NULL))
            """,
            row => row.GetGuid(0), since, ct);
        if (waiting.Count == 0)
            return 0;
        var admin = await stage.InviteDemoAsync("admin@eatfast.local", ct);
        foreach (var orderId in waiting)
        {
            var reply = await admin.InsistAsync(HttpMethod.Post, $"/api/v1/orders/{orderId}/cancel", new { reason = "Personne ne vient" },
                ct);
            // It may have been over just before.
            stage.Expect(
                reply.IsSuccess || reply.Status == 409, "I3", () =>
                    $"an operator cannot cancel order {orderId}: {reply.Status} {reply.Code}");
        }
        return waiting.Count;
    }
}
