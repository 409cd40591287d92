using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using EatFast.Catalog.Data;
using EatFast.Catalog.Domain;
using EatFast.Identity.Contracts;
using EatFast.Identity.Data;
using EatFast.Identity.Domain;
using EatFast.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace EatFast.AuthorizationTests;

/// <summary>
/// What the people of the table have, by the ids that its paths are played with. What whoever is let in removes is made anew for each cell,
/// so that everybody has something to be refused.
/// </summary>
internal sealed partial class OwnThings(AuthorizationSystem system)
{
    private readonly List<Guid> _addresses = [];
    private readonly List<Guid> _notices = [];
    private Guid _restaurantId, _categoryId, _itemId, _paymentId, _transactionId;

    public async Task FindAsync()
    {
        foreach (var street in new[] { "Rue Joss 12", "Rue Njo-Njo 3" })
            _addresses.Add(IdOf(await PostAsync("identity", "customer-owner", "/api/v1/users/addresses", $$"""{"address":"{{street}}"}"""), "id"));
        _paymentId = IdOf((await GetAsync("payments", "customer-owner", "/api/v1/payments"))["payments"]![0]!, "paymentId");
        _transactionId = IdOf(
            await PostAsync("payments", "customer-owner", "/api/v1/wallet/topup", """{"amount":1000,"phoneNumber":"+237677777777"}"""), "transactionId");
        await FindMenuAsync();
        await Eventually.AsTrue(async () =>
        {
            var seen = (await GetAsync("notifications", "customer-owner", "/api/v1/notifications"))["notifications"]!.AsArray();
            _notices.Clear();
            _notices.AddRange(seen.Take(2).Select(notice => IdOf(notice!, "id")));
            return _notices.Count == 2;
        }, "the customer was told twice");
    }

    /// <summary>The row's path as this principal plays it.</summary>
    public async Task<string> PathAsync(Row row, string principal = "")
    {
        var path = row.Path;
        foreach (Match place in Placeholder().Matches(row.Path))
            path = path.Replace(place.Value, await ValueAsync(row, place.Groups["name"].Value, principal), StringComparison.Ordinal);
        return path;
    }

    private async Task<string> ValueAsync(Row row, string name, string principal) => name switch
    {
        "orderId" => $"{system.OrderId}",
        // Its owner removes another one, so that everybody else still has something to be refused.
        "addressId" => $"{_addresses[Of(row, principal)]}",
        "id" when row.Path.StartsWith("/api/v1/notifications/", StringComparison.Ordinal) => $"{_notices[Of(row, principal)]}",
        // A delivery goes by its order's id too.
        "id" when row.Path.Contains("/deliveries/", StringComparison.Ordinal) => $"{system.OrderId}",
        "paymentId" => $"{_paymentId}",
        "transactionId" => $"{_transactionId}",
        "driverId" => $"{DemoAccounts.Driver}",
        "deviceId" => $"{await ADeviceAsync()}",
        "lineId" => $"{await ALineAsync()}",
        "methodId" => $"{IdOf(await PostAsync("payments", "customer-owner", "/api/v1/payments/methods", """{"phone":"+237677777777"}"""), "id")}",
        "restaurantId" when row.Access == "own-of-kitchen" => $"{_restaurantId}",
        "categoryId" => $"{(row.Method == "DELETE" ? await ACategoryAsync() : _categoryId)}",
        "itemId" => $"{(row.Method == "DELETE" ? await AnItemAsync() : _itemId)}",
        "queue" => $"{row.Service}-nothing_dead",
        "token" or "unknown" => "x",
        _ => $"{Guid.NewGuid()}"
    };

    private static int Of(Row row, string principal) => row.Method == "DELETE" && principal == "customer-owner" ? 1 : 0;

    private async Task FindMenuAsync()
    {
        var menu = await GetAsync("catalog", "restaurant-own", "/api/v1/restaurant/menus");
        var items = menu["categories"]!.AsArray().SelectMany(category => category!["items"]!.AsArray());
        var item = items.First(found => (bool)found!["isAvailable"]! && found["customizationOptions"]!.AsArray().Count == 0)!;
        (_restaurantId, _categoryId, _itemId) = (IdOf(menu, "restaurantId"), IdOf(item, "categoryId"), IdOf(item, "id"));
        await SaveAsync<CatalogDbContext>("catalog", new Review
        {
            OrderId = system.OrderId,
            RestaurantId = _restaurantId,
            CustomerId = DemoAccounts.Customer,
            Rating = 5,
            CreatedAt = system.Clock.GetUtcNow()
        });
    }

    private async Task<Guid> ADeviceAsync()
    {
        var device = TrustedDevice.Of(DemoAccounts.Customer, Guid.NewGuid().ToByteArray(), "phone", "browser", "", system.Clock.GetUtcNow());
        await SaveAsync<IdentityDbContext>("identity", device);
        return device.Id;
    }

    private async Task<Guid> ALineAsync()
    {
        var dish = $$"""{"restaurantId":"{{_restaurantId}}","itemId":"{{_itemId}}","quantity":1,"replace":true}""";
        return IdOf((await PostAsync("ordering", "customer-owner", "/api/v1/cart/items", dish))["cart"]!["items"]![0]!, "id");
    }

    private async Task<Guid> ACategoryAsync() =>
        IdOf((await PostAsync("catalog", "restaurant-own", "/api/v1/restaurant/menus", """{"name":"Desserts"}"""))["category"]!, "id");

    private async Task<Guid> AnItemAsync() => IdOf(
        (await PostAsync("catalog", "restaurant-own", $"/api/v1/menu/categories/{_categoryId}/items", """{"name":"Koki","price":1500}"""))["item"]!, "id");

    private async Task SaveAsync<TDb>(string service, object row) where TDb : DbContext
    {
        await using var scope = system.Services[service].CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<TDb>();
        db.Add(row);
        await db.SaveChangesAsync();
    }

    private Task<JsonNode> GetAsync(string service, string principal, string path) => system.CallAsync(service, principal, HttpMethod.Get, path);

    private Task<JsonNode> PostAsync(string service, string principal, string path, string body) =>
        system.CallAsync(service, principal, HttpMethod.Post, path, body);

    private static Guid IdOf(JsonNode view, string member) => Guid.Parse((string)view[member]!);

    [GeneratedRegex(@"\{\**(?<name>\w+)[^}]*\}")]
    private static partial Regex Placeholder();
}
