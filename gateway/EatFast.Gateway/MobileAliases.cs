using System.Text.Json;
using Microsoft.AspNetCore.Routing.Template;

namespace EatFast.Gateway;

/// <summary>Another name at the top of an answer for a member of <c>data</c>, or for all of it when no member is named.</summary>
internal sealed record MobileAlias(string Name, string? Member)
{
    public JsonElement? Find(JsonElement data) =>
        Member is null ? data
        : data.ValueKind == JsonValueKind.Object && data.TryGetProperty(Member, out var value) ? value
        : null;
}

/// <summary>The names that the app looks for beside those of <c>data</c> (client-contract, sections 1.2 to 1.10). All ids in paths are UUIDs.</summary>
internal static class MobileAliases
{
    private static readonly (string Methods, string Path, string Name, string? Member)[] Table =
    [
        ("GET PUT", "users/profile", "user", null),
        ("GET PUT", "user/profile", "user", null),
        ("GET PUT", "client/profile", "user", null),
        ("GET PUT", "auth/profile", "user", null),
        ("GET", "restaurants/{id}", "restaurant", null),
        ("GET", "client/restaurants/{id}", "restaurant", null),
        ("GET", "guest/cart", "cart", null),
        ("PUT", "guest/cart", "cart", null),
        ("POST", "guest/cart/add", "cart", null),
        ("POST", "payments/create-intent", "id", "paymentId"),
        ("POST", "payments/create-intent", "gateway", "method"),
        ("POST", "payments/create-intent", "provider", "method"),
        ("GET", "payments/status/{id}", "gateway", "method"),
        ("GET", "payments/status/{id}", "provider", "method"),
        ("GET", "restaurant/menus", "menus", "categories"),
        ("POST", "restaurant/menus", "category", null),
        ("POST", "restaurant/menus", "menu", null),
        ("PUT", "restaurant/menus/{id}", "category", null),
        ("PUT", "restaurant/menus/{id}", "menu", null),
        ("POST", "menu/categories/{id}/items", "item", null),
        ("PUT", "menu/items/{id}", "item", null),
        ("POST", "restaurant/orders/{id}/confirm", "order", null),
        ("POST", "restaurant/orders/{id}/cancel", "order", null),
        ("POST", "restaurant/orders/{id}/preparing", "order", null),
        ("POST", "restaurant/orders/{id}/ready", "order", null)
    ];

    private static readonly (string[] Methods, TemplateMatcher Path, MobileAlias Alias)[] Rules = Array.ConvertAll(Table, row =>
        (row.Methods.Split(' '), new TemplateMatcher(TemplateParser.Parse($"api/v1/{row.Path}"), []), new MobileAlias(row.Name, row.Member)));

    public static IReadOnlyList<MobileAlias> Of(HttpRequest request)
    {
        var values = new RouteValueDictionary();
        return [.. from rule in Rules where rule.Methods.Contains(request.Method) && Matches(rule.Path) select rule.Alias];

        bool Matches(TemplateMatcher path)
        {
            values.Clear();
            return path.TryMatch(request.Path, values) && values.Values.All(value => Guid.TryParse(value as string, out _));
        }
    }
}
