using EatFast.Bench;
using Npgsql;

namespace EatFast.Load.Tests;

/// <summary>The generator against the whole system: what it says of its orders is what the database says.</summary>
public sealed class WholeSystemTests : IAsyncLifetime
{
    private readonly string _state = Path.Combine(Path.GetTempPath(), $"eatfast-load-{Guid.NewGuid():N}");
    private OwnSystem _system = null!;

    private string Journal => Path.Combine(_state, "load", "journal.jsonl");

    public async ValueTask InitializeAsync()
    {
        Directory.CreateDirectory(_state);
        _system = await OwnSystem.StartAsync(_state);
    }

    [Fact]
    public async Task Every_order_ends_as_planned_is_in_the_journal_and_is_answered_the_same_again()
    {
        var options = LoadOptions.For(_system.Endpoints) with
        {
            Orders = 16,
            Rate = 2,
            Customers = 4,
            Drivers = 3,
            Journal = Journal,
            Mix = new() { Cancelled = 0.2, Rejected = 0.2, Unpaid = 0.1 }
        };
        await using var run = await LoadRun.StartAsync(options, TimeProvider.System);
        await run.Completion.WaitAsync(TimeSpan.FromMinutes(4));

        Assert.Empty(run.Troubles);
        Assert.Equal((16, 16), (run.Counts.Accepted, run.Counts.Ended));
        var placed = JournalRecord.Read(Journal).Where(line => line is { Call: Calls.Place, Status: 201 }).ToList();
        Assert.Equal(await OrdersAsync(), placed.Select(line => line.OrderId!.Value).Order());

        var sent = JournalRecord.Read(Journal).First(line => line.Key == placed[0].Key && line.Event == JournalRecord.Sent);
        Assert.Equal(new RepeatedAnswer(201, placed[0].AnswerHash!, Replayed: true), await run.RepeatAsync(sent));
    }

    private async Task<List<Guid>> OrdersAsync()
    {
        await using var connection = new NpgsqlConnection(_system.Endpoints.Database);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand("select id from ordering.orders", connection);
        await using var reader = await command.ExecuteReaderAsync();
        var orders = new List<Guid>();
        while (await reader.ReadAsync())
            orders.Add(reader.GetGuid(0));
        return [.. orders.Order()];
    }

    public async ValueTask DisposeAsync()
    {
        await _system.DisposeAsync();
        Directory.Delete(_state, recursive: true);
    }
}
