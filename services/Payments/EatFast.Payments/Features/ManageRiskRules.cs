using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using EatFast.Data;
using EatFast.Errors;
using EatFast.Http;
using EatFast.Payments.Data;
using EatFast.Payments.Domain;
using EatFast.Security;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Payments.Features;

public sealed record SaveRiskRulesRequest(
    [property: Required, StringLength(50, MinimumLength = 1)] string Version,
    [property: Required] Dictionary<string, RiskBands> Bands,
    [property: Required] List<RiskRule> Rules);

public sealed record RiskRulesView(
    string Version, IReadOnlyDictionary<string, RiskBands> Bands, IReadOnlyList<RiskRule> Rules, IReadOnlyList<string> EarlierVersions,
    IReadOnlyCollection<string> Features);

/// <summary>The rules of risk as data. A change is a new version that holds within seconds everywhere; none is ever changed or removed.</summary>
internal static class ManageRiskRules
{
    public static void Map(IEndpointRouteBuilder admin)
    {
        admin.MapGet("/fraud-alerts/rules", HandleGet).WithName(nameof(ManageRiskRules)).WithSummary("The rules of risk");
        admin.MapPost("/fraud-alerts/rules", HandleSave).WithName("SaveRiskRules").WithSummary("A new version of the rules of risk");
    }

    internal static async Task<Ok<Envelope<RiskRulesView>>> HandleGet(PaymentsDbContext db, CancellationToken ct) =>
        Answer.Ok(await ViewAsync(db, ct));

    internal static async Task<Ok<Envelope<RiskRulesView>>> HandleSave(
        SaveRiskRulesRequest request, CurrentUser user, PaymentsDbContext db, RiskRuleBook book, TimeProvider clock, CancellationToken ct)
    {
        var rules = new RiskRuleSet(request.Version, request.Bands, request.Rules);
        if (rules.Complaints().FirstOrDefault() is { } complaint)
            throw new RuleViolatedException("RISK_RULES_INVALID", ("complaint", complaint));
        if (rules.Version == BuiltInRisk.First.Version || rules.Version == BuiltInRisk.ColdStart.Version)
            throw new RuleViolatedException("RISK_RULES_VERSION_TAKEN");
        var now = clock.GetUtcNow();
        db.Add(new RiskRulesRow
        {
            Version = rules.Version,
            Body = JsonSerializer.Serialize(rules, JsonSerializerOptions.Web),
            CreatedBy = user.Id,
            CreatedAt = now
        });
        db.RecordAction(user, "risk_rules.saved", "risk_rules", null, now, ("version", rules.Version), ("rules", $"{rules.Rules.Count}"));
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateException taken) when (taken.IsDuplicate<RiskRulesRow>(db))
        {
            throw new RuleViolatedException("RISK_RULES_VERSION_TAKEN");
        }
        book.Forget();
        return Answer.Ok(await ViewAsync(db, ct));
    }

    private static async Task<RiskRulesView> ViewAsync(PaymentsDbContext db, CancellationToken ct)
    {
        var versions = await db.RiskRules.AsNoTracking().OrderByDescending(row => row.Number).Select(row => row.Version).Take(50).ToListAsync(ct);
        var newest = await db.RiskRules.AsNoTracking().OrderByDescending(row => row.Number).FirstOrDefaultAsync(ct);
        var rules = newest is null ? BuiltInRisk.First : RiskRuleBook.Read(newest.Body);
        var earlier = newest is null ? [] : versions.Skip(1).Append(BuiltInRisk.First.Version);
        return new RiskRulesView(
            rules.Version, rules.Bands, rules.Rules, [.. earlier], [.. RiskFeature.All.Order(StringComparer.Ordinal)]);
    }
}
