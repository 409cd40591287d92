using System.Net;
using System.Net.Http.Headers;
using EatFast.Security;

namespace EatFast.Gateway.Tests;

/// <summary>What older clients call otherwise leads to the one route there is.</summary>
public sealed class OlderPathsTests(GatewaySystem system) : IClassFixture<GatewaySystem>
{
    private const string Id = "01990000-0000-7000-8000-0000000000aa";

    [Theory]
    [InlineData("GET", "user/profile", "identity", "users/profile")]
    [InlineData("GET", "auth/profile", "identity", "users/profile")]
    [InlineData("PUT", "client/profile", "identity", "users/profile")]
    [InlineData("DELETE", "client/profile", "identity", "users/account")]
    [InlineData("DELETE", "client/profile/avatar", "identity", "users/avatar")]
    [InlineData("PUT", "client/profile/password", "identity", "users/password")]
    [InlineData("GET", "client/profile/addresses", "identity", "users/addresses")]
    [InlineData("PUT", "client/profile/addresses/" + Id + "/default", "identity", "users/addresses/" + Id + "/default")]
    [InlineData("POST", "client/favorites/toggle", "identity", "users/favorites/toggle")]
    [InlineData("GET", "user/analytics", "ordering", "users/analytics")]
    [InlineData("GET", "client/orders", "ordering", "orders")]
    [InlineData("POST", "client/orders/" + Id + "/rate", "ordering", "orders/" + Id + "/rate")]
    [InlineData("GET", "client/orders/history", "ordering", "orders")]
    [InlineData("GET", "client/orders/" + Id + "/timeline", "ordering", "orders/" + Id + "/tracking")]
    [InlineData("GET", "orders/my-orders", "ordering", "orders")]
    [InlineData("GET", "orders/history", "ordering", "orders")]
    [InlineData("GET", "orders/active", "ordering", "orders")]
    [InlineData("PUT", "restaurant/orders/" + Id + "/status", "ordering", "orders/" + Id + "/status")]
    [InlineData("GET", "admin/orders/" + Id, "ordering", "orders/" + Id)]
    [InlineData("PATCH", "admin/orders/" + Id + "/status", "ordering", "orders/" + Id + "/status")]
    [InlineData("GET", "client/payment-methods", "payments", "payments/methods")]
    [InlineData("DELETE", "client/payment-methods/" + Id, "payments", "payments/methods/" + Id)]
    [InlineData("GET", "fraud-detection/alerts", "payments", "admin/fraud-alerts")]
    [InlineData("PATCH", "fraud-detection/alerts/" + Id + "/status", "payments", "admin/fraud-alerts/" + Id + "/status")]
    [InlineData("GET", "driver/orders/available", "delivery", "drivers/me/orders/available")]
    [InlineData("POST", "driver/orders/" + Id + "/accept", "delivery", "drivers/me/orders/" + Id + "/accept")]
    public async Task Who_is_signed_in_comes_where_todays_clients_come(string method, string path, string service, string inside)
    {
        var received = await SendAsync(method, path, system.TokenFor());
        using var stranger = await AnswerAsync(method, path, null);

        Assert.Equal((service, $"/api/v1/{inside}"), received);
        Assert.Equal(HttpStatusCode.Unauthorized, stranger.StatusCode);
    }

    [Theory]
    [InlineData("client/restaurants/search", "catalog", "restaurants/search")]
    [InlineData("client/restaurants/" + Id, "catalog", "restaurants/" + Id)]
    [InlineData("client/restaurants/" + Id + "/menu", "catalog", "restaurants/" + Id + "/menu")]
    [InlineData("shared/mvp/promo-codes/available", "ordering", "promotions/active")]
    [InlineData("shared/mvp/promo-codes/validate", "ordering", "promotions/validate")]
    [InlineData("shared/mvp/promo-codes/history", "ordering", "promotions/history")]
    [InlineData("partner-applications/" + Id + "/status", "identity", "public/partner-applications/" + Id + "/status")]
    [InlineData("partner-applications/status/" + Id, "identity", "public/partner-applications/" + Id + "/status")]
    public async Task What_is_public_is_public_there_too(string path, string service, string inside) =>
        Assert.Equal((service, $"/api/v1/{inside}"), await SendAsync("GET", path, null));

    [Theory]
    [InlineData("v1/contact", "public/contact")]
    [InlineData("v1/contact/submit", "public/contact")]
    [InlineData("public/contact", "public/contact")]
    [InlineData("v1/newsletter", "public/newsletter")]
    [InlineData("v1/newsletter/subscribe", "public/newsletter")]
    [InlineData("v1/newsletter/confirm", "public/newsletter/confirm")]
    [InlineData("v1/newsletter/unsubscribe/a-token", "public/newsletter/unsubscribe/a-token")]
    [InlineData("public/newsletter", "public/newsletter")]
    [InlineData("v1/partner-applications", "public/partner-applications")]
    public async Task A_form_that_needs_no_account_arrives_by_every_name_it_had(string path, string inside)
    {
        using var answer = await system.Client().PostAsync(new Uri($"/api/{path}", UriKind.Relative), null);

        var received = await GatewaySystem.ReadAsync(answer);
        Assert.Equal(("identity", $"/api/v1/{inside}"), ((string?)received["service"], ((string?)received["path"])?.TrimEnd('/')));
    }

    [Theory]
    [InlineData("GET", "profile", "profile")]
    [InlineData("PUT", "status", "status")]
    [InlineData("GET", "delivery/active", "delivery/active")]
    public async Task A_driver_in_the_path_is_the_caller_or_nobody(string method, string path, string inside)
    {
        var driverId = Guid.NewGuid();
        var token = system.TokenFor(driverId, Roles.DeliveryAgent);

        var own = await SendAsync(method, $"driver/{path}/{driverId}", token);
        using var other = await AnswerAsync(method, $"driver/{path}/{Guid.NewGuid()}", token);
        using var nameless = await AnswerAsync(method, $"driver/{path}/x", token);
        using var stranger = await AnswerAsync(method, $"driver/{path}/{driverId}", null);

        Assert.Equal(("delivery", $"/api/v1/drivers/me/{inside}"), own);
        Assert.Equal((403, 403, 401), ((int)other.StatusCode, (int)nameless.StatusCode, (int)stranger.StatusCode));
    }

    private async Task<(string? Service, string? Path)> SendAsync(string method, string path, string? token)
    {
        using var answer = await AnswerAsync(method, path, token);
        var received = await GatewaySystem.ReadAsync(answer);
        return ((string?)received["service"], ((string?)received["path"])?.TrimEnd('/'));
    }

    private async Task<HttpResponseMessage> AnswerAsync(string method, string path, string? token)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), $"/api/v1/{path}");
        if (token is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return await system.Client().SendAsync(request);
    }
}
