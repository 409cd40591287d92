using System.Text.RegularExpressions;
using EatFast.Errors;
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
        Assert.Equal(named.Order(), Texts.Entries.Keys.Where(key => key.StartsWith("receipt.", StringComparison.Ordinal) && !key.Contains('_', StringComparison.Ordinal)).Order());
    }

    [Fact]
    public void The_receipt_has_a_word_for_every_way_to_pay_and_what_became_of_it()
    {
        string[] methods = ["cash", "campay", "noupay", "stripe", "wallet"];
        string[] payments = [PaymentStatus.Authorized, PaymentStatus.Paid, PaymentStatus.Refunded, PaymentStatus.PartiallyRefunded];
        var words = methods.Select(method => $"receipt.method_{method}").Concat(payments.Select(status => $"receipt.status_{status}"));

        Assert.Empty(words.Except(Texts.Entries.Keys));
    }

    [Fact]
    public void Whatever_is_said_about_a_field_is_said_in_French_too()
    {
        string[] folders = ["services", "EatFast.ServiceDefaults"];
        var sentences = folders.SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Root(), folder), "*.cs", SearchOption.AllDirectories))
            .SelectMany(path => Sentences().Matches(File.ReadAllText(path)).Select(match => Holes().Replace(match.Groups[1].Value, "7").Replace("\\\"", "\"", StringComparison.Ordinal)))
            .Distinct().ToList();

        Assert.True(sentences.Count > 40, $"only {sentences.Count} sentences were found");
        Assert.DoesNotContain(sentences, sentence => ValidationTexts.Say(sentence, "fr") == sentence);
    }

    [Fact]
    public void The_frameworks_own_sentences_are_translated_with_their_values() => Assert.Equal(
        ("Le champ Quantity doit être compris entre 1 et 99.", "Le champ Name a de 2 à 80 caractères.", "The Name field is required.", "Sans traduction."),
        (ValidationTexts.Say("The field Quantity must be between 1 and 99.", "fr"),
            ValidationTexts.Say("The field Name must be a string with a minimum length of 2 and a maximum length of 80.", "fr"),
            ValidationTexts.Say("The Name field is required.", "en"), ValidationTexts.Say("Sans traduction.", "fr")));

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

    [GeneratedRegex(@"(?:yield return new|BadHttpRequestException|\(\) : ValidationAttribute)\(\s*\$?""((?:[^""\\{]|\\.|\{[^}]*\})+)""")]
    private static partial Regex Sentences();

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Holes();

    [GeneratedRegex(@"\{\w+\}")]
    private static partial Regex Blanks();
}
