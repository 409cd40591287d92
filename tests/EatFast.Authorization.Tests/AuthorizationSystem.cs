using System.Text.Json.Nodes;
using EatFast.AuthorizationTests;
using EatFast.Catalog.Data;
using EatFast.Delivery.Data;
using EatFast.Identity.Credentials;
using EatFast.Identity.Data;
using EatFast.Identity.Data.Protection;
using EatFast.Notifications.Data;
using EatFast.Ordering.Data;
using EatFast.Payments.Data;
using EatFast.Security;
using EatFast.Testing;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

[assembly: AssemblyFixture(typeof(AuthorizationSystem))]
// Some tests take a service away, which all others would miss.
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]

namespace EatFast.AuthorizationTests;

/// <summary>All six services with the demo data, the gateway, and one order that has its customer, its restaurant and its driver.</summary>
public sealed class AuthorizationSystem : TestSystem
{
    private const string Secret = "a-secret-for-tests-only-0123456789-0123456789";
    private readonly Dictionary<string, IServiceProvider> _services = [];

    public IReadOnlyDictionary<string, IServiceProvider> Services => _services;

    private Principals Principals => field ??= new(new SigningKeys(Secret, []), Clock);

    public Guid OrderId { get; private set; }

    internal OwnThings Own { get; }

    public AuthorizationSystem() => Own = new(this);

    protected override IReadOnlyDictionary<string, string?> Settings { get; } = new Dictionary<string, string?>
    {
        ["Security:BcryptWorkFactor"] = "4",
        ["Providers:Smtp:Host"] = "127.0.0.1",
        ["Providers:Smtp:Port"] = "1"
    };

    protected override async Task HostAsync()
    {
        var vault = new PersonalDataVault(new FieldCipher(PersonalDataVault.Purpose, Secret, []), Secret);
        using var passwords = new PasswordHasher(4, 10);
        await HostAsync<IdentityDbContext>("identity", (db, ct) => Identity.Data.DemoData.SeedAsync(db, vault, passwords.Compute, Clock.GetUtcNow(), ct));
        await HostAsync<CatalogDbContext>("catalog", Catalog.DemoData.SeedAsync);
        await HostAsync<OrderingDbContext>("ordering");
        await HostAsync<PaymentsDbContext>("payments");
        await HostAsync<DeliveryDbContext>("delivery", (db, ct) => Delivery.DemoData.SeedAsync(db, Clock.GetUtcNow(), ct));
        await HostAsync<NotificationsDbContext>("notifications");
        HostGateway();
        await PlaceOrderAsync();
        await Own.FindAsync();
    }

    /// <summary>Every route that the services and the gateway really have, as the rows of the table name them.</summary>
    public IEnumerable<(string Service, string Name)> Endpoints() =>
        from service in _services
        from endpoint in service.Value.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        let path = "/" + endpoint.RoutePattern.RawText!.Trim('/')
        where !path.Contains("{unimplemented", StringComparison.Ordinal)
        let methods = endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["ANY"]
        from method in methods.Count == 0 ? ["ANY"] : path.StartsWith("/eatfast.", StringComparison.Ordinal) ? ["GRPC"] : methods
        select (service.Key, $"{method} {path}");

    private void HostGateway()
    {
        var gateway = Keep(new HostedGateway(this, SettingsOf(AuthorizationTable.Gateway), Ways));
        AddNeighbour(AuthorizationTable.Gateway, gateway.Server.CreateHandler());
        _services[AuthorizationTable.Gateway] = gateway.Services;
    }

    public string? TokenOf(string principal) => Principals.TokenOf(principal);

    private async Task HostAsync<TDb>(string name, Func<TDb, CancellationToken, Task>? seed = null) where TDb : Microsoft.EntityFrameworkCore.DbContext =>
        _services[name] = (await AddServiceAsync(name, seed)).Services;

    /// <summary>A customer whose name and address carry this mark.</summary>
    public async Task<(Guid UserId, string Token)> RegisterAsync(string mark, string password)
    {
        using var client = ClientOf("identity");
        using var body = new StringContent($$"""
            {"firstName":"Prénom{{mark}}","lastName":"Nom{{mark}}","email":"{{mark}}@example.cm","phone":"+23767{{Random.Shared.Next(1_000_000, 9_999_999)}}",
             "password":"{{password}}","role":"customer","city":"douala","language":"fr"}
            """, System.Text.Encoding.UTF8, "application/json");
        using var response = await client.PostAsync(new Uri("/api/v1/auth/register", UriKind.Relative), body);
        var answer = JsonNode.Parse(await response.Content.ReadAsStringAsync())!["data"]!;
        return (Guid.Parse((string)answer["user"]!["id"]!), (string)answer["accessToken"]!);
    }

    /// <summary>An order of whoever holds the token, to this street.</summary>
    public async Task<Guid> PlaceAsync(string token, string street)
    {
        var near = await CallAsync("catalog", "anonymous", HttpMethod.Get, "/api/v1/restaurants?city=douala&lat=4.0486&lng=9.6983&sort=distance");
        var restaurant = (string)near["restaurants"]![0]!["id"]!;
        var menu = await CallAsync("catalog", "anonymous", HttpMethod.Get, $"/api/v1/restaurants/{restaurant}/menu");
        var item = (string)menu["menu"]!.AsArray().First(candidate => (bool)candidate!["isAvailable"]!)!["id"]!;
        using var client = ClientOf("ordering");
        client.DefaultRequestHeaders.Authorization = new("Bearer", token);
        using var body = new StringContent($$$$"""
            {"restaurantId":"{{{{restaurant}}}}","items":[{"itemId":"{{{{item}}}}","quantity":1}],"paymentMethod":"cash",
             "deliveryAddress":{"street":"{{{{street}}}}","city":"douala","coordinates":{"latitude":4.05,"longitude":9.7}}}
            """, System.Text.Encoding.UTF8, "application/json");
        using var response = await client.PostAsync(new Uri("/api/v1/orders", UriKind.Relative), body);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, text);
        return Guid.Parse((string)JsonNode.Parse(text)!["data"]!["orderId"]!);
    }

    private async Task PlaceOrderAsync()
    {
        OrderId = await PlaceAsync(TokenOf("customer-owner")!, "Rue Joss 12");
        var path = $"/api/v1/orders/{OrderId}";
        await Eventually.AsTrue(
            async () => (string?)(await CallAsync("ordering", "customer-owner", HttpMethod.Get, path))["paymentStatus"] == "authorized", "cash is approved");
        await CallAsync("ordering", "restaurant-own", HttpMethod.Put, $"{path}/status", """{"status":"confirmed","estimatedPreparationTime":20}""");
        await CallAsync("delivery", "driver-assigned", HttpMethod.Put, "/api/v1/drivers/me/status", """{"status":"online","latitude":4.049,"longitude":9.699}""");
        await Eventually.AsTrue(
            async () => (await CallAsync("delivery", "driver-assigned", HttpMethod.Get, "/api/v1/drivers/me/orders/available"))["orders"]!.AsArray().Count > 0,
            "the order is offered");
        await CallAsync("delivery", "driver-assigned", HttpMethod.Post, $"/api/v1/drivers/me/orders/{OrderId}/accept");
        await Eventually.AsTrue(
            async () => (await CallAsync("ordering", "customer-owner", HttpMethod.Get, path))["delivery"] is JsonObject, "the order knows its driver");
    }

    internal async Task<JsonNode> CallAsync(string service, string principal, HttpMethod method, string path, string? body = null)
    {
        // A machine that is busy starting everything answers 503, and a client then asks again.
        using var response = await Eventually.Value(async () =>
        {
            var answer = await SendAsync(service, principal, method, path, body);
            return answer.StatusCode == System.Net.HttpStatusCode.ServiceUnavailable ? null : answer;
        }, $"{method} {path} is answered");
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, $"{method} {path}: {(int)response.StatusCode} {text}");
        return JsonNode.Parse(text)!["data"]!;
    }

    /// <summary>The same call as each principal would make it.</summary>
    public async Task<HttpResponseMessage> SendAsync(string service, string principal, HttpMethod method, string path, string? body, bool isOutsider = false)
    {
        using var client = ClientOf(service);
        using var request = new HttpRequestMessage(method, path);
        if (body == "{multipart}")
            request.Content = new MultipartFormDataContent { { new ByteArrayContent([]), "file", "empty.jpg" } };
        else if (body is not null)
            request.Content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        // All tokens of whoever signs out everywhere end.
        var isLast = path.EndsWith("/logout-all", StringComparison.Ordinal);
        if ((isLast ? Principals.TokenOfAnother(principal) : TokenOf(principal)) is { } token)
            request.Headers.Authorization = new("Bearer", token);
        if (principal == "guest")
            request.Headers.Add("X-Guest-Session", $"{Guid.NewGuid()}");
        if (isOutsider)
            request.Headers.Add("X-Test-Outsider", "1");
        return await client.SendAsync(request);
    }
}
