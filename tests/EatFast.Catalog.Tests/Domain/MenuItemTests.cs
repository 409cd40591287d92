using EatFast.Catalog.Domain;
using EatFast.Errors;

namespace EatFast.Catalog.Tests.Domain;

public sealed class MenuItemTests
{
    private readonly MenuItem _item = Kitchen.ItemOf(Guid.NewGuid(), Guid.NewGuid());

    [Fact]
    public void One_piece_costs_the_item_and_its_choices()
    {
        var priced = _item.PriceWith([Chosen("Frites"), Chosen("Œuf"), Chosen("Viande")]);

        Assert.Equal(2000 + 500 + 100 + 300 + 1500, priced.UnitPriceXaf);
        Assert.Equal(["Frites", "À part", "Œuf", "Viande"], priced.Choices.Select(choice => choice.Value.Name));
    }

    [Fact]
    public void A_required_option_without_default_has_to_be_answered()
    {
        var refused = Assert.Throws<RuleViolatedException>(() => _item.PriceWith([]));

        Assert.Equal("OPTION_REQUIRED", refused.Code);
        Assert.Contains(("option", "Accompagnement"), refused.Details);
    }

    [Theory]
    [InlineData("Riz", "Frites")]
    [InlineData("Riz", "Sans", "À part")]
    [InlineData("Riz", "Œuf", "Œuf")]
    [InlineData("Riz", "Œuf", "Viande", "Miondo")]
    public void Too_many_or_repeated_choices_are_refused(params string[] names) =>
        Assert.Equal("OPTION_INVALID", RefusalOf(names.Select(Chosen)));

    [Fact]
    public void Choices_of_nobody_or_of_another_option_are_refused()
    {
        var pepper = Chosen("Sans");

        Assert.Equal("OPTION_INVALID", RefusalOf([Chosen("Riz"), new Choice(Guid.NewGuid(), pepper.ValueId)]));
        Assert.Equal("OPTION_INVALID", RefusalOf([Chosen("Riz"), new Choice(Chosen("Œuf").OptionId, pepper.ValueId)]));
        Assert.Equal("OPTION_INVALID", RefusalOf([Chosen("Riz"), new Choice(pepper.OptionId, Guid.Empty)]));
    }

    [Fact]
    public void A_sold_out_item_is_refused_by_name()
    {
        Assert.True(_item.SetAvailability(false, DateTimeOffset.UnixEpoch));

        var refused = Assert.Throws<RuleViolatedException>(() => _item.PriceWith([Chosen("Riz")]));

        Assert.Equal("ITEM_UNAVAILABLE", refused.Code);
        Assert.Contains(("name", "Okok sucré"), refused.Details);
    }

    [Fact]
    public void Nothing_changes_when_the_availability_is_the_same()
    {
        Assert.False(_item.SetAvailability(true, DateTimeOffset.UnixEpoch));
        Assert.Equal(0, _item.Version);
    }

    private string RefusalOf(IEnumerable<Choice> choices) => Assert.Throws<RuleViolatedException>(() => _item.PriceWith([.. choices])).Code;

    private Choice Chosen(string name) =>
        (from option in _item.Options from value in option.Values where value.Name == name select new Choice(option.Id, value.Id)).Single();
}
