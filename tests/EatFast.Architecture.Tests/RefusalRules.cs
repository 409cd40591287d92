using System.Text.RegularExpressions;
using EatFast.Errors;

namespace EatFast.ArchitectureTests;

public sealed class RefusalRules
{
    public static TheoryData<string> Services => ["Identity", "Catalog", "Ordering", "Payments", "Delivery", "Notifications"];

    [Theory, MemberData(nameof(Services))]
    public void Every_code_in_the_source_stands_in_its_table(string service)
    {
        var table = TableOf(service).Entries;

        var codes = Houses.Sources($"services/{service}")
            .SelectMany(source => Regex.Matches(source.Text, @"RuleViolatedException\(\s*""(?<code>[^""]+)""").Select(match => match.Groups["code"].Value));

        Assert.Empty(codes.Where(code => !table.ContainsKey(code)).Distinct());
    }

    [Theory, MemberData(nameof(Services))]
    public void Every_refusal_speaks_both_languages_and_fills_the_same_blanks(string service)
    {
        foreach (var (code, refusal) in TableOf(service).Entries)
        {
            Assert.Matches("^[A-Z][A-Z0-9_]+$", code);
            Assert.InRange(refusal.Status, 400, 503);
            Assert.NotEmpty(refusal.Fr);
            Assert.NotEmpty(refusal.En);
            Assert.Equal(BlanksOf(refusal.Fr), BlanksOf(refusal.En));
        }
    }

    private static RefusalTable TableOf(string service) =>
        new(Houses.Assemblies.Single(assembly => assembly.GetName().Name == $"EatFast.{service}"));

    private static IEnumerable<string> BlanksOf(string sentence) => Regex.Matches(sentence, @"\{\w+\}").Select(match => match.Value).Order();
}
