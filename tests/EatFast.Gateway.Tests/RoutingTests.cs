using System.Net;
using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text;
using EatFast.Security;

namespace EatFast.Gateway.Tests;

public sealed class RoutingTests(GatewaySystem system) : IClassFixture<GatewaySystem>
{
    [Theory]
    [InlineData("/.well-known/jwks.json", "identity")]
    [InlineData("/api/v1/auth/login", "identity")]
    [InlineData("/api/v1/users/profile", "identity")]
    [InlineData("/api/v1/users/analytics", "ordering")]
    [InlineData("/api/v1/users/avatar", "identity")]
    [InlineData("/api/v1/guest/session", "identity")]
    [InlineData("/api/v1/guest/convert", "identity")]
    [InlineData("/api/v1/guest/phone/code", "identity")]
    [InlineData("/api/v1/guest/cart/add", "ordering")]
    [InlineData("/api/v1/guest/orders/1/tracking", "ordering")]
    [InlineData("/api/v1/guest/restaurants/1/menu", "catalog")]
    [InlineData("/api/v1/public/contact", "identity")]
    [InlineData("/api/v1/public/partner-applications/1/status", "identity")]
    [InlineData("/api/v1/admin/contact/1", "identity")]
    [InlineData("/api/v1/admin/newsletter", "identity")]
    [InlineData("/api/v1/admin/partner-applications/1/status", "identity")]
    [InlineData("/api/v1/admin/users/1/status", "identity")]
    [InlineData("/api/v1/admin/audit-logs", "identity")]
    [InlineData("/api/v1/admin/messages/identity-outbox_parked", "identity")]
    [InlineData("/api/v1/admin/messages/ordering-note-payment_dead", "ordering")]
    [InlineData("/api/v1/admin/messages/payments-open-payment_dead/redrive", "payments")]
    [InlineData("/api/v1/admin/messages/notifications-notify-customer_dead/discard", "notifications")]
    [InlineData("/api/v1/restaurants", "catalog")]
    [InlineData("/api/v1/restaurants/1/menu", "catalog")]
    [InlineData("/api/v1/restaurants/1/reviews", "catalog")]
    [InlineData("/api/v1/restaurants/1/orders", "ordering")]
    [InlineData("/api/v1/search", "catalog")]
    [InlineData("/api/v1/upload", "catalog")]
    [InlineData("/api/v1/images/delete", "catalog")]
    [InlineData("/api/v1/menu/items/1", "catalog")]
    [InlineData("/api/v1/restaurant/profile", "catalog")]
    [InlineData("/api/v1/restaurant/menus/1", "catalog")]
    [InlineData("/api/v1/restaurant/orders/1/confirm", "ordering")]
    [InlineData("/api/v1/restaurant/wallet/transactions", "payments")]
    [InlineData("/api/v1/admin/restaurants/1/validate", "catalog")]
    [InlineData("/api/v1/orders", "ordering")]
    [InlineData("/api/v1/orders/1/tracking", "ordering")]
    [InlineData("/api/v1/promotions/active", "ordering")]
    [InlineData("/api/v1/mobile/config", "ordering")]
    [InlineData("/api/v1/analytics/track", "ordering")]
    [InlineData("/api/v1/admin/dashboard", "ordering")]
    [InlineData("/api/v1/admin/orders/1/cancel", "ordering")]
    [InlineData("/api/v1/admin/reports/financial", "ordering")]
    [InlineData("/api/v1/payments/status/1", "payments")]
    [InlineData("/api/v1/wallet", "payments")]
    [InlineData("/api/v1/loyalty/rewards", "payments")]
    [InlineData("/api/v1/webhooks/campay", "payments")]
    [InlineData("/api/v1/webhooks/stripe", "payments")]
    [InlineData("/api/v1/webhooks/whatsapp", "notifications")]
    [InlineData("/api/v1/webhooks/infobip", "notifications")]
    [InlineData("/api/v1/admin/fraud-alerts/1", "payments")]
    [InlineData("/api/v1/admin/payouts", "payments")]
    [InlineData("/api/v1/drivers/me/status", "delivery")]
    [InlineData("/api/v1/deliveries/1", "delivery")]
    [InlineData("/api/v1/admin/deliveries/live", "delivery")]
    [InlineData("/api/v1/notifications/preferences", "notifications")]
    [InlineData("/hubs/realtime/negotiate", "notifications")]
    [InlineData("/socket.io/", "notifications")]
    public async Task Each_resource_goes_to_its_owner_under_the_same_path(string path, string owner)
    {
        using var client = system.Client(Roles.Customer);

        var received = await client.GetFromJsonAsync<Received>(new Uri(path, UriKind.Relative));

        Assert.Equal((owner, path), (received!.Service, received.Path));
    }

    [Theory]
    [InlineData("POST")]
    [InlineData("PUT")]
    [InlineData("PATCH")]
    [InlineData("DELETE")]
    public async Task Method_and_body_arrive_unchanged(string method)
    {
        using var client = system.Client(Roles.Customer);
        using var request = new HttpRequestMessage(new HttpMethod(method), "/api/v1/orders");
        request.Content = new StringContent("""{"a":"é"}""", Encoding.UTF8);

        using var response = await client.SendAsync(request);

        var received = await response.Content.ReadFromJsonAsync<Received>();
        Assert.Equal((method, """{"a":"é"}"""), (received!.Method, received.Body));
    }

    [Fact]
    public async Task A_header_beyond_ascii_arrives_unchanged()
    {
        using var known = system.Client();
        using var handler = new SocketsHttpHandler { RequestHeaderEncodingSelector = (_, _) => Encoding.UTF8 };
        using var client = new HttpClient(handler) { BaseAddress = known.BaseAddress };
        client.DefaultRequestHeaders.Authorization = new("Bearer", system.TokenFor());
        client.DefaultRequestHeaders.TryAddWithoutValidation("Idempotency-Key", "clé-1");

        var received = await client.GetFromJsonAsync<Received>(new Uri("/api/v1/orders", UriKind.Relative));

        Assert.Equal("clé-1", received!.Headers["idempotency-key"]);
    }

    [Fact]
    public async Task A_refusal_of_the_service_passes_as_it_is()
    {
        using var client = system.Client();

        using var response = await client.GetAsync(new Uri("/api/v1/search/forbidden", UriKind.Relative));

        Assert.Equal(HttpStatusCode.Conflict, response.StatusCode);
        Assert.Equal("OWN_CODE", (string?)(await GatewaySystem.ReadAsync(response))["error_code"]);
    }

    [Theory]
    [InlineData("/api/v1/nothing-here")]
    [InlineData("/api/v2/orders")]
    [InlineData("/api/v1/webhooks/unknown")]
    [InlineData("/elsewhere.php")]
    public async Task An_unknown_path_is_refused_in_the_contract_shape(string path)
    {
        using var client = system.Client();

        using var response = await client.GetAsync(new Uri(path, UriKind.Relative));

        var body = await GatewaySystem.ReadAsync(response);
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
        Assert.Equal(("NOT_FOUND", false), ((string?)body["error_code"], (bool)body["success"]!));
    }

    [Fact]
    public async Task A_web_socket_is_carried_through()
    {
        using var socket = new ClientWebSocket();
        var address = new UriBuilder(system.ClientOptions.BaseAddress) { Scheme = "ws", Path = "/hubs/realtime" }.Uri;
        await socket.ConnectAsync(address, CancellationToken.None);

        await socket.SendAsync("bonjour"u8.ToArray(), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);

        var buffer = new byte[64];
        var answer = await socket.ReceiveAsync(buffer, CancellationToken.None);
        Assert.Equal("bonjour", Encoding.UTF8.GetString(buffer, 0, answer.Count));
    }
}
