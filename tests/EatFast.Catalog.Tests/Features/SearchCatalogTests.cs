using System.Net;

namespace EatFast.Catalog.Tests.Features;

public sealed class SearchCatalogTests(CatalogSystem system)
{
    [Theory]
    [InlineData("ndole", "Ndolé")]
    [InlineData("NDOLÉ", "Ndolé")]
    [InlineData("ndoel", "Ndolé")]
    [InlineData("poulet dg", "Poulet DG")]
    [InlineData("pulet", "Poulet")]
    [InlineData("poulets", "Poulet")]
    [InlineData("brochete", "Brochettes")]
    [InlineData("pou", "Poulet")]
    public async Task Accents_plurals_and_typos_find_the_item(string words, string expected)
    {
        var names = await system.NamesAsync($"/api/v1/search?q={words}", "items");

        Assert.StartsWith(expected, names[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("eru", "Chez Tantine Bépanda")]
    [InlineData("marmitte", "La Marmite d'Akwa")]
    [InlineData("pizza", "Saveurs du Mfoundi")]
    public async Task A_dish_or_a_name_finds_the_restaurant(string words, string expected)
    {
        Assert.Equal(expected, (await system.NamesAsync($"/api/v1/search?q={words}"))[0]);
        Assert.Equal(expected, (await system.NamesAsync($"/api/v1/restaurants/search?q={words}"))[0]);
        Assert.Equal(expected, (await system.NamesAsync($"/api/v1/restaurants?search={words}"))[0]);
    }

    [Fact]
    public async Task The_city_narrows_both_lists()
    {
        var data = await system.GetDataAsync("/api/v1/search?q=ndole&city=yaounde&lat=3.87&lng=11.52");

        Assert.Equal("Ndolé complet", data.GetProperty("items").EnumerateArray().Single().GetProperty("name").GetString());
        Assert.Equal("Saveurs du Mfoundi", data.GetProperty("restaurants").EnumerateArray().Single().GetProperty("name").GetString());
        Assert.True(data.GetProperty("restaurants")[0].GetProperty("distance").GetDouble() > 0);
    }

    [Fact]
    public async Task A_word_that_only_a_description_holds_finds_the_dish()
    {
        var names = await system.NamesAsync("/api/v1/search?q=cornille", "items");

        Assert.StartsWith("Koki", Assert.Single(names), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("xyzzyq")]
    [InlineData("'\"; DROP TABLE restaurants; --")]
    [InlineData("& | ! ( ) <-> :*")]
    [InlineData("de la")]
    public async Task Words_that_mean_nothing_find_nothing_and_break_nothing(string words)
    {
        using var answer = await system.Public.GetAsync(new Uri($"/api/v1/search?q={Uri.EscapeDataString(words)}", UriKind.Relative));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Theory]
    [InlineData("")]
    [InlineData("q=")]
    [InlineData("q=%20")]
    [InlineData("q=%00")]
    [InlineData("q=riz&limit=0")]
    [InlineData("q=riz&lat=4")]
    public async Task A_search_without_words_is_refused(string query)
    {
        using var answer = await system.Public.GetAsync(new Uri($"/api/v1/search?{query}", UriKind.Relative));

        await answer.IsRefusedAsync(HttpStatusCode.BadRequest, "VALIDATION_ERROR");
    }
}
