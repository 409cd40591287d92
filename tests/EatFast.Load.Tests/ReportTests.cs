using System.Text.Json.Nodes;
using System.Xml.Linq;
using EatFast.Load.Reports;

namespace EatFast.Load.Tests;

public sealed class ReportTests
{
    [Fact]
    public async Task The_report_is_written_as_text_as_JSON_and_as_a_page_that_needs_nothing_else()
    {
        await using var gateway = await StubGateway.StartAsync();
        await using var run = await Runs.ToTheEndAsync(Runs.Options(gateway) with { Orders = 10 });
        var folder = Directory.CreateTempSubdirectory("eatfast-report").FullName;

        LoadReport.Of(run, TimeSpan.FromSeconds(2)).WriteTo(folder);

        var page = await File.ReadAllTextAsync(Path.Combine(folder, "report.html"));
        Assert.DoesNotMatch("(src|href)=|@import|url\\(", page);
        Assert.Contains("<polyline", page, StringComparison.Ordinal);
        Assert.Contains("hand over", page, StringComparison.Ordinal);
        var json = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(folder, "report.json")))!;
        Assert.Equal((10, 5.0), ((int)json["counts"]!["delivered"]!, (double)json["placedPerSecond"]!));
        Assert.Contains("delivered 10", await File.ReadAllTextAsync(Path.Combine(folder, "report.txt")), StringComparison.Ordinal);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void A_chart_is_well_formed_and_its_highest_value_reaches_the_top()
    {
        var chart = XElement.Parse(LineChart.Over(3, "s", new ChartLine("a < b & c", "#123456", [0, 5, 10])));

        var points = ((string)chart.Element("polyline")!.Attribute("points")!).Split(' ');
        Assert.Equal(["212.0", "120.0", "28.0"], points.Select(point => point.Split(',')[1]));
        Assert.Contains("a < b & c", chart.Elements("text").Select(text => text.Value));
    }
}
