using EatFast.Payments.Domain;
using EatFast.Security;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace EatFast.Payments.Tests.Features;

/// <summary>Rules change by a new version, and when they cannot be had the cold-start rules decide: nobody's order waits for them.</summary>
public sealed class RiskRuleVersionsTests(PaymentsSystem system)
{
    private readonly Guid _admin = Guid.NewGuid();

    [Fact]
    public async Task A_new_version_holds_at_once_and_every_judgement_names_its_own()
    {
        var version = $"strict-{Guid.NewGuid():N}";
        var strict = BuiltInRisk.First.Rules.Append(new RiskRule(
            "everything", "amount", [RiskMethods.Cash], 90, [new RiskCondition(RiskFeature.AmountXaf, AtLeast: 1)]));
        var before = await system.APlacedOrderAsync(PaymentMethods.Cash);
        try
        {
            var saved = await SaveAsync(version, strict);
            var after = await system.APlacedOrderAsync(PaymentMethods.Cash);
            var taken = await SaveAsync(version, strict);

            Assert.Equal((200, "RISK_RULES_VERSION_TAKEN"), ((int)saved.StatusCode, await taken.CodeAsync()));
            Assert.Equal(version, Assert.Single(await system.EventsAsync<ActionRecorded>(
                done => done.Action == "risk_rules.saved" && done.Details["version"] == version)).Details["version"]);
            Assert.Equal((version, RiskDecision.Review), await JudgedAsync(after.OrderId));
            Assert.Equal((true, RiskDecision.Allow), ((await JudgedAsync(before.OrderId)).Version != version, (await JudgedAsync(before.OrderId)).Decision));
        }
        finally
        {
            await SaveAsync($"back-{Guid.NewGuid():N}", BuiltInRisk.First.Rules);
        }
    }

    [Fact]
    public async Task Rules_that_cannot_be_used_are_refused_and_customers_see_none()
    {
        var odd = await SaveAsync($"odd-{Guid.NewGuid():N}", [new RiskRule("odd", "odd", [RiskMethods.Cash], 10, [new RiskCondition("star_sign", 1)])]);
        var builtIn = await SaveAsync(BuiltInRisk.First.Version, BuiltInRisk.First.Rules);
        var customer = await system.SendAsync(Guid.NewGuid(), "admin/fraud-alerts/rules");
        var read = await (await system.SendAsync(_admin, "admin/fraud-alerts/rules", role: Roles.Admin)).DataAsync();

        Assert.Equal(("RISK_RULES_INVALID", "RISK_RULES_VERSION_TAKEN", 403), (
            await odd.CodeAsync(), await builtIn.CodeAsync(), (int)customer.StatusCode));
        Assert.Equal(BuiltInRisk.First.Rules.Count, read.GetProperty("rules").GetArrayLength());
    }

    [Theory]
    [InlineData(5_500, RiskDecision.Allow)]
    [InlineData(30_000, RiskDecision.Prepay)]
    public async Task Broken_rules_fall_back_to_the_cold_start(long totalXaf, string decision)
    {
        await ExecuteAsync("""
            INSERT INTO payments.risk_rule_sets (version, body, created_by, created_at)
            VALUES ('broken', '{"version": 7}', gen_random_uuid(), now())
            """);
        try
        {
            // What was read a moment ago is no longer believed.
            system.Clock.Advance(TimeSpan.FromSeconds(6));
            var order = await system.APlacedOrderAsync(PaymentMethods.Cash, totalXaf);

            Assert.Equal((BuiltInRisk.ColdStart.Version, decision), await JudgedAsync(order.OrderId));
        }
        finally
        {
            await ExecuteAsync("DELETE FROM payments.risk_rule_sets WHERE version = 'broken'");
        }
    }

    [Fact]
    public async Task Rules_that_do_not_answer_are_not_waited_for()
    {
        await using var owner = new NpgsqlConnection(system.OwnerConnection);
        await owner.OpenAsync();
        await using var held = await owner.BeginTransactionAsync();
        await using var hold = new NpgsqlCommand("LOCK TABLE payments.risk_rule_sets, payments.risk_marks IN ACCESS EXCLUSIVE MODE", owner, held);
        await hold.ExecuteNonQueryAsync();
        system.Clock.Advance(TimeSpan.FromSeconds(6));

        var charged = await system.APlacedOrderAsync();
        // Both wait for the rules at once.
        var placing = system.APlacedOrderAsync(PaymentMethods.Cash);
        var answer = await system.PayAsync(charged, SimulatedCamPay.GoodMtn);
        var cash = await placing;
        await system.UntilAsync(charged.OrderId, PaymentStatus.Completed);
        await held.RollbackAsync();

        Assert.Equal(202, (int)answer.StatusCode);
        Assert.Equal((BuiltInRisk.ColdStart.Version, RiskDecision.Allow), await JudgedAsync(cash.OrderId));
        Assert.Equal((BuiltInRisk.ColdStart.Version, RiskDecision.Allow), await JudgedAsync(charged.OrderId));
        Assert.Equal(PaymentStatus.Authorized, (await system.PaymentOfAsync(cash.OrderId)).Status);
    }

    [Fact]
    public async Task Without_Ordering_the_rest_is_judged_all_the_same()
    {
        var order = system.AnOrder(PaymentMethods.Cash);
        system.Orders.Known.TryRemove($"{order.OrderId}", out _);

        await system.Payments.DeliverAsync(order);
        var judgement = await system.Payments.WithDbAsync(db => db.RiskJudgements.AsNoTracking().SingleAsync(row => row.OrderId == order.OrderId));

        Assert.Equal((false, false, RiskDecision.Allow), (
            judgement.IsFallback, judgement.Features.ContainsKey(RiskFeature.DistanceMetres), judgement.Decision));
    }

    private Task<HttpResponseMessage> SaveAsync(string version, IEnumerable<RiskRule> rules) => system.SendAsync(
        _admin, "admin/fraud-alerts/rules", new { version, bands = BuiltInRisk.First.Bands, rules = rules.ToList() }, Roles.Admin);

    private Task<(string Version, string Decision)> JudgedAsync(Guid orderId) => system.Payments.WithDbAsync(async db =>
    {
        var row = await db.RiskJudgements.AsNoTracking().Where(known => known.OrderId == orderId).OrderByDescending(known => known.DecidedAt).FirstAsync();
        return (row.RulesVersion, row.Decision);
    });

    private async Task ExecuteAsync(string sql)
    {
        await using var owner = new NpgsqlConnection(system.OwnerConnection);
        await owner.OpenAsync();
        await using var command = new NpgsqlCommand(sql, owner);
        await command.ExecuteNonQueryAsync();
    }
}
