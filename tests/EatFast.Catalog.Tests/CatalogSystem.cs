using System.Net;
using System.Net.Http.Json;
using System.Text;
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

    internal ScriptedIdentity Identity { get; } = new();

    internal ScriptedOrdering Ordering { get; } = new();

    protected override async Task HostAsync()
    {
        AddNeighbour("identity", await Neighbours.HostAsync(Identity, Tokens));
        AddNeighbour("ordering", await Neighbours.HostAsync(Ordering));
        Catalog = await AddServiceAsync<CatalogDbContext>("catalog", DemoData.SeedAsync);
    }

    public HttpClient Admin() => SignedIn(Guid.NewGuid(), Roles.Admin);

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
    /// <summary>The data of a success; anything else fails the test with what was answered.</summary>
    public static async Task<JsonElement> DataAsync(this HttpResponseMessage answer)
    {
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"{answer.StatusCode}: {text}");
        return JsonDocument.Parse(text).RootElement.GetProperty("data");
    }

    public static Task<HttpResponseMessage> SendAsync(this HttpClient client, string method, string path, string? json = null) =>
        client.SendAsync(new HttpRequestMessage(new HttpMethod(method), new Uri($"/api/v1{path}", UriKind.Relative))
        {
            Content = json is null ? null : new StringContent(json, Encoding.UTF8, "application/json")
        });

    public static async Task<JsonElement> IsRefusedAsync(this HttpResponseMessage answer, HttpStatusCode status, string code)
    {
        var body = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal(status, answer.StatusCode);
        Assert.Equal(code, body.GetProperty("error_code").GetString());
        return body;
    }
}
