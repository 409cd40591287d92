using System.Net;
using System.Text.Json;
using EatFast.Catalog.Domain;

namespace EatFast.Catalog.Tests.Features;

public sealed class ListRestaurantsTests(CatalogSystem system)
{
    private const string All = "/api/v1/restaurants";

    [Fact]
    public async Task The_nearest_restaurant_of_the_city_comes_first()
    {
        var data = await system.GetDataAsync($"{All}?city=douala&lat=4.05&lng=9.70&sort=distance");

        var found = data.GetProperty("restaurants").EnumerateArray().ToList();
        var distances = found.ConvertAll(restaurant => restaurant.GetProperty("distance").GetDouble());
        Assert.Equal("La Marmite d'Akwa", found[0].GetProperty("name").GetString());
        Assert.Equal(0.2, distances[0]);
        Assert.Equal(distances.Order(), distances);
        Assert.All(found, restaurant => Assert.Equal("Douala", restaurant.GetProperty("city").GetString()));
        Assert.Equal(4, data.GetProperty("pagination").GetProperty("total").GetInt64());
    }

    [Fact]
    public async Task A_restaurant_has_the_members_that_clients_read()
    {
        var data = await system.GetDataAsync($"{All}?q=marmite");

        var restaurant = data.GetProperty("restaurants")[0];
        Assert.True(restaurant.GetProperty("isOpen").GetBoolean());
        Assert.Equal("2", restaurant.GetProperty("priceRange").GetString());
        Assert.Equal(2000, restaurant.GetProperty("minimumOrder").GetInt64());
        Assert.Equal(4.0486, restaurant.GetProperty("address").GetProperty("coordinates").GetProperty("latitude").GetDouble());
        Assert.Equal("Akwa", restaurant.GetProperty("location").GetProperty("district").GetString());
        Assert.Equal("monday", restaurant.GetProperty("operatingHours").EnumerateObject().First().Name);
        Assert.False(restaurant.TryGetProperty("distance", out _));
    }

    [Theory]
    [InlineData("city=YAOUNDE&category=Grill", "Le Foyer de Mvog-Ada")]
    [InlineData("city=Yaoundé&cuisine=cameroonian", "Saveurs du Mfoundi")]
    [InlineData("cuisine=Fast Food", "Le Comptoir de Deido")]
    [InlineData("priceRange=1&city=douala", "Le Comptoir de Deido")]
    [InlineData("rating=4.7&featured=true&city=douala", "Braises de Bonapriso")]
    [InlineData("latitude=3.878&longitude=11.522&radius=0.5", "Saveurs du Mfoundi")]
    [InlineData("city=douala&sort=deliveryFee&limit=1", "Le Comptoir de Deido")]
    [InlineData("city=douala&sort=deliveryTime&limit=1", "Le Comptoir de Deido")]
    [InlineData("city=douala&sort=rating&limit=1&page=2", "La Marmite d'Akwa")]
    [InlineData("search=bonapriso&openNow=true", "Braises de Bonapriso")]
    [InlineData("query=bonapriso", "Braises de Bonapriso")]
    public async Task Filters_and_their_synonyms_narrow_the_list(string query, string expected) =>
        Assert.Equal([expected], await system.NamesAsync($"{All}?{query}"));

    [Fact]
    public async Task Pages_do_not_overlap_and_count_everything()
    {
        var first = await system.GetDataAsync($"{All}?city=douala&sort=rating&limit=3");
        var names = await system.NamesAsync($"{All}?city=douala&sort=rating&limit=3&page=2");

        Assert.Equal(
            """{"total":4,"page":1,"limit":3,"totalPages":2,"hasNext":true,"hasPrevious":false}""",
            JsonSerializer.Serialize(first.GetProperty("pagination")));
        Assert.Single(names);
    }

    [Fact]
    public async Task Closed_and_paused_restaurants_are_told_apart_from_open_ones()
    {
        var open = await system.OpenKitchenAsync();
        var closed = await system.OpenKitchenAsync(hours: "fermé", city: open.Restaurant.City);

        Assert.Equal([open.Id, closed.Id], (await IdsAsync($"city={open.Restaurant.City}&sort=rating")).Order());
        Assert.Equal([open.Id], await IdsAsync($"city={open.Restaurant.City}&isOpen=true"));
        Assert.Equal([closed.Id], await IdsAsync($"city={open.Restaurant.City}&isOpen=false"));
    }

    [Theory]
    [InlineData(RestaurantStatus.Pending)]
    [InlineData(RestaurantStatus.Suspended)]
    [InlineData(RestaurantStatus.Inactive)]
    public async Task Only_active_restaurants_are_listed(string status)
    {
        var hidden = await system.OpenKitchenAsync(status);

        Assert.Empty(await IdsAsync($"city={hidden.Restaurant.City}"));
        Assert.Empty(await IdsAsync($"q={hidden.Restaurant.City}&city={hidden.Restaurant.City}"));
    }

    [Theory]
    [InlineData("sort=popularity")]
    [InlineData("sort=1")]
    [InlineData("sort=distance")]
    [InlineData("lat=4.05")]
    [InlineData("longitude=9.7")]
    [InlineData("lat=91&lng=9")]
    [InlineData("lat=NaN&lng=9")]
    [InlineData("lat=4&lng=1e999")]
    [InlineData("lat=north&lng=9")]
    [InlineData("radius=5")]
    [InlineData("radius=0&lat=4&lng=9")]
    [InlineData("rating=6")]
    [InlineData("priceRange=4")]
    [InlineData("isOpen=maybe")]
    [InlineData("page=0")]
    [InlineData("page=999999999999")]
    [InlineData("limit=101")]
    [InlineData("q=%00")]
    [InlineData("city=a%00b")]
    public async Task A_wrong_query_is_refused(string query)
    {
        using var answer = await system.Public.GetAsync(new Uri($"{All}?{query}", UriKind.Relative));

        var body = await answer.IsRefusedAsync(HttpStatusCode.BadRequest, "VALIDATION_ERROR");
        Assert.NotEmpty(body.GetProperty("field_errors").EnumerateObject());
    }

    private async Task<Guid[]> IdsAsync(string query)
    {
        var data = await system.GetDataAsync($"{All}?{query}");
        return [.. data.GetProperty("restaurants").EnumerateArray().Select(one => one.GetProperty("id").GetGuid())];
    }
}
