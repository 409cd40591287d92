using System.Text.Json;
using EatFast.Payments.Data;
using EatFast.Payments.Domain;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Payments;

/// <summary>The rules that are in force, read again every few seconds; without any in the database those of the installation hold.</summary>
internal sealed class RiskRuleBook(TimeProvider clock)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(5);
    private volatile Known? _known;

    public async Task<RiskRuleSet> CurrentAsync(PaymentsDbContext db, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if (_known is { } known && now - known.At is var age && age >= TimeSpan.Zero && age < Fresh)
            return known.Rules;
        // Uses pk_risk_rule_sets.
        var row = await db.RiskRules.AsNoTracking().OrderByDescending(rules => rules.Number).FirstOrDefaultAsync(ct);
        var rules = row is null ? BuiltInRisk.First : Read(row.Body);
        _known = new Known(now, rules);
        return rules;
    }

    /// <summary>The next question reads anew.</summary>
    public void Forget() => _known = null;

    public static RiskRuleSet Read(string body)
    {
        var rules = JsonSerializer.Deserialize<RiskRuleSet>(body, JsonSerializerOptions.Web)!;
        return rules.Complaints().FirstOrDefault() is { } complaint ? throw new InvalidDataException(complaint) : rules;
    }

    private sealed record Known(DateTimeOffset At, RiskRuleSet Rules);
}

/// <summary>Scores by the rules in force. A learned model takes this place, and the rules stay what it falls back to.</summary>
internal sealed class RuleScorer(RiskRuleBook book, PaymentsDbContext db) : IRiskScorer
{
    public async ValueTask<RiskScore> ScoreAsync(string method, RiskFeatures features, CancellationToken ct) =>
        await (await book.CurrentAsync(db, ct)).ScoreAsync(method, features, ct);
}
