using System.Text.RegularExpressions;
using EatFast.Ordering.Domain;

namespace EatFast.Ordering.Tests;

public sealed partial class TextsTests
{
    [Fact]
    public void Everything_that_can_happen_to_an_order_has_its_sentence()
    {
        string[] payments = [PaymentStatus.Authorized, PaymentStatus.Paid, PaymentStatus.Failed, PaymentStatus.Refunded, PaymentStatus.PartiallyRefunded];
        string[] others = [OrderEvent.Placed, OrderEvent.Released, OrderEvent.DriverAssigned, OrderEvent.Rated, OrderEvent.PreparationChanged];
        var kinds = OrderStatus.All.Except([OrderStatus.Pending]).Concat(others).Concat(payments.Select(status => $"payment_{status}"));

        Assert.Empty(kinds.Select(kind => $"timeline.{kind}").Except(Texts.Entries.Keys));
    }

    [Fact]
    public void Every_key_that_the_source_names_is_there_and_none_is_left_over()
    {
        var source = string.Concat(Directory.EnumerateFiles(Path.Combine(Root(), "services/Ordering/EatFast.Ordering"), "*.cs", SearchOption.AllDirectories)
            .Where(path => !path.Contains("/Migrations/", StringComparison.Ordinal)).Select(File.ReadAllText));
        var named = Words().Matches(source).Select(match => $"receipt.{match.Groups[1].Value}").ToHashSet();

        Assert.NotEmpty(named);
        Assert.Equal(named.Order(), Texts.Entries.Keys.Where(key => key.StartsWith("receipt.", StringComparison.Ordinal)).Order());
    }

    [Fact]
    public void Both_languages_say_something_and_fill_the_same_blanks() => Assert.All(Texts.Entries, entry =>
    {
        Assert.NotEmpty(entry.Value.Fr);
        Assert.NotEmpty(entry.Value.En);
        Assert.Equal(Blanks().Matches(entry.Value.Fr).Select(blank => blank.Value), Blanks().Matches(entry.Value.En).Select(blank => blank.Value));
    });

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "EatFast.sln")))
            folder = folder.Parent!;
        return folder.FullName;
    }

    [GeneratedRegex("""say\("(\w+)"\)""")]
    private static partial Regex Words();

    [GeneratedRegex(@"\{\w+\}")]
    private static partial Regex Blanks();
}
