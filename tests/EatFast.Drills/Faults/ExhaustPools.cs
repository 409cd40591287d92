using EatFast.Drills.People;
using EatFast.Drills.Reading;
using EatFast.Drills.Running;
using Npgsql;

namespace EatFast.Drills.Faults;

/// <summary>D12: somebody holds a lock and goes idle while 200 ask at once, and then somebody takes every connection of Postgres.</summary>
internal sealed class ExhaustPools : Drill
{
    private const int Crowd = 200;
    private static readonly TimeSpan Held = TimeSpan.FromSeconds(6);
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan RecoveredWithin = TimeSpan.FromSeconds(5);

    public override string Id => "D12";

    public override string Title => "pools, locks and connections used up";

    public override string Trials => "exhaustions";

    public override async Task InflictAsync(Stage stage, CancellationToken ct)
    {
        var customer = await stage.InviteAsync("customer", ct);
        var table = await Table.ChooseAsync(customer, ct);
        for (var round = 0; round < stage.Plan.Exhaustions; round++)
        {
            await HoldLockAsync(stage, customer, table, ct);
            await RecoverAsync(stage, customer, table, "the lock was gone", ct);
            await TakeConnectionsAsync(stage, customer, ct);
            await RecoverAsync(stage, customer, table, "connections were free again", ct);
        }
        await ExpectNoLeakAsync(stage, ct);
    }

    private static async Task HoldLockAsync(Stage stage, Person customer, Table table, CancellationToken ct)
    {
        stage.Try();
        await using var holder = await stage.Rows.OpenAsync(ct);
        await using var transaction = await holder.BeginTransactionAsync(ct);
        await using (var command = new NpgsqlCommand("LOCK TABLE ordering.order_items IN ACCESS EXCLUSIVE MODE", holder, transaction))
            await command.ExecuteNonQueryAsync(ct);
        var held = Wait.PassAsync(Held, ct);
        var crowd = Enumerable.Range(0, Crowd)
            .Select(_ => table.OrderAsync(stage, customer, "cash", Guid.NewGuid().ToString(), ct)).ToList();
        var healthy = await customer.GetAsync("/health", ct);
        await held;
        await transaction.RollbackAsync(ct);
        var replies = await Task.WhenAll(crowd);
        var slow = replies.Count(reply => reply.Status == 503 && reply.Took > AnswerWithin + TimeSpan.FromSeconds(0.5));
        stage.Say($"200 orders beside a held lock: {Tell(replies)}");
        stage.Notes.Add($"200 orders beside a lock held for {Held.TotalSeconds:0} s: {Tell(replies)}");
        stage.Expect(healthy.Status == 200, Stage.Bar, () => $"/health was answered with {healthy.Status} beside a held lock");
        stage.Expect(slow == 0, Stage.Bar, () => $"{slow} of {Crowd} orders beside a held lock were refused only after more than 2 s");
        foreach (var reply in replies.Where(reply => !reply.IsSuccess && reply.Status is not (503 or 409 or 429)))
            stage.Expect(false, Stage.Bar, () => $"beside a held lock an order was answered with {reply.Status} {reply.Code}");
    }

    private static async Task TakeConnectionsAsync(Stage stage, Person customer, CancellationToken ct)
    {
        stage.Try();
        var builder = new NpgsqlConnectionStringBuilder(stage.Product.Endpoints.Postgres.ConnectionString) { Pooling = false };
        var taken = new List<NpgsqlConnection>();
        try
        {
            while (await TryTakeAsync(builder.ConnectionString, ct) is { } connection)
                taken.Add(connection);
            stage.Say($"all connections taken, {taken.Count} of them by the drill");
            var from = stage.Clock.GetUtcNow();
            var replies = await Task.WhenAll(Enumerable.Range(0, Crowd).Select(_ => customer.GetAsync("/api/v1/orders?limit=1", ct)));
            var until = stage.Clock.GetUtcNow();
            stage.Notes.Add($"200 questions without a free connection: {Tell(replies)} in {(until - from).TotalSeconds:0.0} s");
            foreach (var reply in replies.Where(reply => reply.Status is not (200 or 429)
                && (reply.Status != 503 || reply.Took > AnswerWithin * 2)))
                stage.Expect(false, Stage.Bar,
                    () => $"without a free connection {reply.Status} came after {reply.Took.TotalSeconds:0.0} s");
        }
        finally
        {
            foreach (var connection in taken)
                await connection.DisposeAsync();
        }
    }

    private static async Task<NpgsqlConnection?> TryTakeAsync(string connectionString, CancellationToken ct)
    {
        var connection = new NpgsqlConnection(connectionString);
        try
        {
            await connection.OpenAsync(ct);
            return connection;
        }
        catch (PostgresException full) when (full.SqlState == PostgresErrorCodes.TooManyConnections)
        {
            await connection.DisposeAsync();
            return null;
        }
    }

    private static async Task RecoverAsync(Stage stage, Person customer, Table table, string since, CancellationToken ct)
    {
        var took = await Wait.UntilAsync(
            async () => (await table.OrderAsync(stage, customer, "cash", Guid.NewGuid().ToString(), ct)).IsSuccess,
            $"orders are accepted after {since}", TimeSpan.FromSeconds(60), ct);
        stage.Recovered(took);
        stage.Expect(took <= RecoveredWithin, Stage.Bar, () => $"orders were accepted only {took.TotalSeconds:0.0} s after {since}");
    }

    // What is left open in a pool shows as a session that has been inside a transaction for long.
    private static async Task ExpectNoLeakAsync(Stage stage, CancellationToken ct)
    {
        var leaked = await Wait.TryAsync(
            async () => await stage.Rows.ScalarAsync<long>(
                """
                SELECT count(*) FROM pg_stat_activity
                WHERE state LIKE 'idle in transaction%' AND now() - state_change > interval '2 seconds' AND pid <> pg_backend_pid()
                """, ct) == 0, RecoveredWithin, ct);
        stage.Expect(leaked is not null, Stage.Bar, () => "a service left a transaction open");
        var services = string.Join(",", Mail.Services.Select(service => $"'{service}'"));
        var most = await stage.Rows.ScalarAsync<long>(
            $"""
            SELECT coalesce(max(n), 0)
            FROM (SELECT count(*) AS n FROM pg_stat_activity WHERE usename IN ({services}) GROUP BY usename) AS pools
            """, ct);
        stage.Expect(most <= 45, Stage.Bar, () => $"a service keeps {most} connections");
    }

    private static string Tell(IEnumerable<Reply> replies) =>
        string.Join(", ", replies.GroupBy(reply => reply.Status).OrderBy(group => group.Key)
        .Select(group => $"{group.Count()}x {group.Key} (slowest {group.Max(reply => reply.Took).TotalSeconds:0.0} s)"));
}
