using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using EatFast.Catalog.Data;
using EatFast.Catalog.Domain;
using EatFast.Catalog.Tests;
using EatFast.Security;
using EatFast.Testing;

[assembly: AssemblyFixture(typeof(CatalogSystem))]

namespace EatFast.Catalog.Tests;

/// <summary>Catalog on real stores, with the demo restaurants; a test that needs one of its own opens it.</summary>
public sealed class CatalogSystem : TestSystem
{
    public HostedService<CatalogDbContext> Catalog { get; private set; } = null!;

    public HttpClient Public => ClientOf("catalog");

    protected override async Task HostAsync() => Catalog = await AddServiceAsync<CatalogDbContext>("catalog", DemoData.SeedAsync);

    public HttpClient SignedIn(Guid userId, string role = Roles.RestaurantOwner) => ClientOf("catalog", userId, role);

    public async Task<Kitchen> OpenKitchenAsync(
        string status = RestaurantStatus.Active, string hours = "00:00-24:00", string? city = null, Guid? ownerId = null)
    {
        var kitchen = Kitchen.Of(Clock.GetUtcNow(), status, hours, city ?? $"Ville-{Guid.NewGuid():N}", ownerId ?? Guid.NewGuid());
        await Catalog.WithDbAsync(async db =>
        {
            db.AddRange(kitchen.Restaurant, kitchen.Category, kitchen.Item);
            return await db.SaveChangesAsync();
        });
        return kitchen;
    }

    public async Task<JsonElement> GetDataAsync(string path)
    {
        using var answer = await Public.GetAsync(new Uri(path, UriKind.Relative));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("data");
    }

    public async Task<string[]> NamesAsync(string path, string list = "restaurants") =>
        [.. (await GetDataAsync(path)).GetProperty(list).EnumerateArray().Select(one => one.GetProperty("name").GetString()!)];
}

public static class Answers
{
    public static async Task<JsonElement> IsRefusedAsync(this HttpResponseMessage answer, HttpStatusCode status, string code)
    {
        var body = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal(status, answer.StatusCode);
        Assert.Equal(code, body.GetProperty("error_code").GetString());
        return body;
    }
}
