using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using EatFast.Security;
using EatFast.Testing;
using Npgsql;

namespace EatFast.Payments.Tests.Features;

public sealed class ReconciliationTests(PaymentsSystem system)
{
    private readonly Guid _admin = Guid.NewGuid();

    [Fact]
    public async Task Three_planted_breaks_give_exactly_three_more_rows_each_with_age_and_owner()
    {
        var (wrongOrder, _) = await system.APaidOrderAsync();
        var (booked, _) = await system.APaidOrderAsync();
        await Eventually.AsTrue(async () => await RunAsync() == await RunAsync(), "nothing is under way");
        var before = await OpenAsync();

        var unknown = await MoveBehindOurBackAsync();
        await BookWithoutMovementAsync((await system.PaymentOfAsync(booked.OrderId)).Id);
        system.Orders.Known[$"{wrongOrder.OrderId}"].TotalXaf = 1;
        await TouchAsync(wrongOrder.OrderId);
        await Eventually.AsTrue(async () => await RunAsync() >= before.Count + 3, "the statement lists it");
        await RunAsync();

        var planted = (await OpenAsync()).Where(row => before.All(old => old.GetProperty("id").GetGuid() != row.GetProperty("id").GetGuid())).ToList();
        Assert.Equal(["order_differs", "unfounded_entry", "unknown_movement"], planted.Select(row => row.GetProperty("kind").GetString()).Order());
        Assert.Contains(planted, row => row.GetProperty("subject").GetString() == unknown && row.GetProperty("actualXaf").GetInt64() == 800);
        Assert.Contains(planted, row => row.GetProperty("subject").GetString() == $"{wrongOrder.OrderId}");
        Assert.All(planted, row => Assert.True(row.GetProperty("ageSeconds").GetInt64() >= 0 && row.GetProperty("owner").GetString() is { Length: > 0 }));

        system.Orders.Known[$"{wrongOrder.OrderId}"].TotalXaf = wrongOrder.TotalXaf;
        await RunAsync();
        Assert.Equal(before.Count + 2, (await OpenAsync()).Count);
        // The wrong order is right again, and with it its row is closed.
        var booksOnly = planted.First(row => row.GetProperty("kind").GetString() == "unfounded_entry");
        var decided = await DecideAsync(booksOnly.GetProperty("id").GetGuid(), new { owner = "Amina", note = "asked CamPay", resolved = true });
        var trace = Assert.Single(await system.EventsAsync<ActionRecorded>(done => done.Action == "reconciliation.resolved"));
        Assert.Equal(("reconciliation.resolved", "Amina"), (trace.Action, trace.Details["owner"]));
        Assert.NotEmpty(await system.EventsAsync<ActionRecorded>(done => done.Action == "reconciliation.run"));
        Assert.Equal(("Amina", "decided"), (decided.GetProperty("owner").GetString(), decided.GetProperty("resolution").GetString()));
    }

    [Fact]
    public async Task Only_administrators_see_the_books()
    {
        var look = await system.SendAsync(Guid.NewGuid(), "admin/reconciliation");
        var odd = await system.SendAsync(_admin, "admin/reconciliation?status=lost", role: Roles.Admin);
        var unknown = await system.SendAsync(_admin, $"admin/reconciliation/{Guid.NewGuid()}", new { note = "?" }, Roles.Admin, method: HttpMethod.Patch);

        Assert.Equal((403, 400, 404), ((int)look.StatusCode, (int)odd.StatusCode, (int)unknown.StatusCode));
    }

    private async Task<int> RunAsync()
    {
        var answer = await system.SendAsync(_admin, "admin/reconciliation/run", role: Roles.Admin, method: HttpMethod.Post);
        Assert.Equal(200, (int)answer.StatusCode);
        return (await answer.DataAsync()).GetProperty("breaks").GetInt32();
    }

    private async Task<List<JsonElement>> OpenAsync()
    {
        var answer = await system.SendAsync(_admin, "admin/reconciliation?limit=100", role: Roles.Admin);
        return [.. (await answer.DataAsync()).GetProperty("breaks").EnumerateArray()];
    }

    private async Task<JsonElement> DecideAsync(Guid breakId, object decision)
    {
        var answer = await system.SendAsync(_admin, $"admin/reconciliation/{breakId}", decision, Roles.Admin, method: HttpMethod.Patch);
        return await answer.DataAsync();
    }

    private async Task<string> MoveBehindOurBackAsync()
    {
        using var campay = system.CamPay.CreateClient();
        campay.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Token", "campay-sim-token");
        var body = new { amount = 800, from = SimulatedCamPay.GoodMtn, description = "by hand" };
        var answer = await (await campay.PostAsJsonAsync("/api/collect/", body)).Content.ReadFromJsonAsync<JsonElement>();
        return answer.GetProperty("reference").GetString()!;
    }

    private async Task BookWithoutMovementAsync(Guid paymentId)
    {
        await using var own = await system.Payments.OpenOwnConnectionAsync();
        await using var command = new NpgsqlCommand($"""
            WITH entry AS (INSERT INTO payments.ledger_entries (id, kind, source_id, payment_id, booked_at)
                VALUES (gen_random_uuid(), 'capture', gen_random_uuid(), '{paymentId}', now()) RETURNING id)
            INSERT INTO payments.ledger_lines (entry_id, number, account, amount_xaf)
            SELECT id, 1, 'provider_clearing', 5 FROM entry UNION ALL SELECT id, 2, 'commission', -5 FROM entry
            """, own);
        await command.ExecuteNonQueryAsync();
    }

    private async Task TouchAsync(Guid orderId)
    {
        var now = system.Clock.GetUtcNow();
        await using var own = await system.Payments.OpenOwnConnectionAsync();
        await using var command = new NpgsqlCommand("UPDATE payments.payments SET updated_at = $1 WHERE order_id = $2", own)
        {
            Parameters = { new() { Value = now }, new() { Value = orderId } }
        };
        await command.ExecuteNonQueryAsync();
    }
}
