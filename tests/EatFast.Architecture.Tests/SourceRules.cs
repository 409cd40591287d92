using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace EatFast.ArchitectureTests;

public sealed class SourceRules
{
    private static readonly string[] Product = ["services", "gateway", "EatFast.ServiceDefaults", "EatFast.AppHost"];

    [Fact]
    public void A_file_stays_readable_in_one_sitting() => Assert.Empty(
        Houses.Sources([.. Product, "tests"]).Where(source => LinesOf(source.Text) > 200).Select(source => $"{source.Path}: {LinesOf(source.Text)} lines"));

    [Fact]
    public void A_feature_file_has_at_most_120_lines() => Assert.Empty(
        Houses.Sources("services")
            .Where(source => source.Path.Contains("/Features/", StringComparison.Ordinal) && LinesOf(source.Text) > 120)
            .Select(source => $"{source.Path}: {LinesOf(source.Text)} lines"));

    [Theory]
    [InlineData(@"#region|#pragma", "#region x")]
    [InlineData(@"async void", "private async void Run()")]
    [InlineData(@"TODO|FIXME|HACK", "// TODO later")]
    public void Some_things_are_not_written_here(string pattern, string example)
    {
        Assert.Matches(pattern, example);
        Assert.Empty(Houses.Sources(Product).Where(source => Regex.IsMatch(source.Text, pattern)).Select(source => source.Path));
    }

    [Fact]
    public void Nobody_swallows_an_unknown_exception_in_a_service()
    {
        const string guilty = "catch (Exception e)\n{\n    Log(e);\n}";

        Assert.True(Swallows(guilty));
        Assert.Empty(Houses.Sources("services", "gateway").Where(source => Swallows(source.Text)).Select(source => source.Path));
    }

    [Fact]
    public void A_feature_does_not_use_another_features_types()
    {
        (string, string)[] guilty = [("A.cs", "class PlaceOrder {}"), ("B.cs", "class CancelOrder { PlaceOrder other; }")];

        Assert.NotEmpty(CrossUses(guilty));
        foreach (var service in Directory.GetDirectories(Path.Combine(Houses.Root, "services")))
        {
            var name = Path.GetFileName(service);
            var features = $"services/{name}/EatFast.{name}/Features";
            Assert.Empty(CrossUses([.. Houses.Sources(features)]));
        }
    }

    [Fact]
    public void A_service_references_no_other_service()
    {
        var breaches =
            from project in Directory.EnumerateFiles(Path.Combine(Houses.Root, "services"), "*.csproj", SearchOption.AllDirectories)
            from reference in XDocument.Load(project).Descendants("ProjectReference").Select(node => (string)node.Attribute("Include")!)
            where !Regex.IsMatch(reference, @"\.Contracts\.csproj$|EatFast\.ServiceDefaults\.csproj$")
            select $"{Path.GetFileName(project)} -> {reference}";

        Assert.Empty(breaches);
    }

    [Fact]
    public void The_gateway_references_no_service_and_no_contract()
    {
        var gateway = XDocument.Load(Path.Combine(Houses.Root, "gateway/EatFast.Gateway/EatFast.Gateway.csproj"));

        var references = gateway.Descendants("ProjectReference").Select(node => (string)node.Attribute("Include")!);

        Assert.All(references, reference => Assert.EndsWith("EatFast.ServiceDefaults.csproj", reference, StringComparison.Ordinal));
    }

    private static int LinesOf(string text) => text.Count(letter => letter == '\n');

    private static bool Swallows(string text) =>
        Regex.Matches(text, @"catch \(Exception[^)]*\)(?! when)\s*\{(?<body>[^}]*)\}").Any(match => !match.Groups["body"].Value.Contains("throw", StringComparison.Ordinal));

    private static IEnumerable<string> CrossUses(IReadOnlyList<(string Path, string Text)> files) =>
        from owner in files
        from declared in Regex.Matches(owner.Text, @"\b(?:class|record|struct|enum|interface)\s+(?<name>[A-Z]\w+)").Select(match => match.Groups["name"].Value)
        from user in files
        where user.Path != owner.Path && Regex.IsMatch(CodeOf(user.Text), $@"(?<![\w.""])(?:new )?{declared}\b(?!\()")
        select $"{user.Path} uses {declared} of {owner.Path}";

    private static string CodeOf(string text) => Regex.Replace(text, @"//[^\n]*|""(?:[^""\\]|\\.)*""", "");
}
