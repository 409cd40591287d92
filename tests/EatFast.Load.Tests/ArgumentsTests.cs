namespace EatFast.Load.Tests;

public sealed class ArgumentsTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 8, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Every_option_is_understood()
    {
        var options = Parse(
            "--rate", "20.5", "--duration", "5m", "--seed", "7", "--customers", "9", "--drivers", "3", "--cash", "0.5", "--rated", "1");

        Assert.Equal((20.5, TimeSpan.FromMinutes(5), 7), (options.Rate, options.Duration, options.Seed));
        Assert.Equal((9, 3), (options.Customers, options.Drivers));
        Assert.Equal((0.5, 1.0, false), (options.Mix.Cash, options.Mix.Rated, options.Mix.PlaceOnly));
        Assert.Null(Parse("--rate", "max").Rate);
        Assert.True(Parse("--place-only").Mix.PlaceOnly);
        Assert.Equal((40, null), (Parse("--orders", "40").Orders, Parse("--orders", "40").Duration));
        Assert.EndsWith("journal.jsonl", Parse().Journal, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--rate", "fast")]
    [InlineData("--rate", "0")]
    [InlineData("--rate", "NaN")]
    [InlineData("--duration", "5 parsecs")]
    [InlineData("--duration", "")]
    [InlineData("--orders", "-1")]
    [InlineData("--cash", "1.5")]
    [InlineData("--gateway", "ftp://somewhere")]
    [InlineData("--velocity", "9")]
    [InlineData("--seed")]
    public void Nonsense_is_refused_with_a_sentence(params string[] args)
    {
        var refused = Assert.Throws<LoadFailedException>(() => Parse(args));

        Assert.Contains(args[0], refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_system_it_says_how_to_start_one()
    {
        var refused = Assert.Throws<LoadFailedException>(() => Arguments.Parse([], null, Now));

        Assert.Contains("./eatfast run", refused.Message, StringComparison.Ordinal);
    }

    private static LoadOptions Parse(params string[] args) =>
        Arguments.Parse(args.Contains("--gateway") ? args : ["--gateway", "http://localhost:8080", .. args], null, Now).Options;
}
