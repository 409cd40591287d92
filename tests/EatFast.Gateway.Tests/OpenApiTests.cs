using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace EatFast.Gateway.Tests;

public sealed class OpenApiTests(GatewaySystem system) : IClassFixture<GatewaySystem>
{
    private const string Orders = """
        {"openapi":"3.1.1","tags":[{"name":"Orders"}],
         "paths":{"/api/v1/orders":{"post":{"requestBody":{
            "content":{"application/json":{"schema":{"$ref":"#/components/schemas/Line"}}}}}}},
         "components":{"schemas":{
           "Page":{"type":"object"},
           "Money":{"type":"integer"},
           "Line":{"type":"object","properties":{"price":{"$ref":"#/components/schemas/Money"}}}}}}
        """;

    private const string Payments = """
        {"openapi":"3.1.1","tags":[{"name":"Orders"},{"name":"Payments"}],
         "paths":{"/api/v1/payments":{"get":{"responses":{"200":{
            "content":{"application/json":{"schema":{"$ref":"#/components/schemas/Line"}}}}}}},
                  "/api/v1/orders":{"get":{}}},
         "components":{"schemas":{
           "Page":{"type":"object"},
           "Money":{"type":"string"},
           "Line":{"type":"object","properties":{"price":{"$ref":"#/components/schemas/Money"}}}}}}
        """;

    private static readonly JsonObject Merged = OpenApiMerge.Merge(
        [("ordering", Parse(Orders)), ("payments", Parse(Payments)), ("delivery", null)]);

    [Fact]
    public void Equal_schemas_are_one_and_different_ones_keep_their_meaning()
    {
        var schemas = Merged["components"]!["schemas"]!.AsObject();

        Assert.Equal(["Line", "Money", "Page", "PaymentsLine", "PaymentsMoney"], schemas.Select(schema => schema.Key).Order());
        Assert.Equal("integer", (string?)schemas["Money"]!["type"]);
        Assert.Equal("string", (string?)schemas["PaymentsMoney"]!["type"]);
        Assert.Equal("#/components/schemas/PaymentsMoney", (string?)schemas["PaymentsLine"]!["properties"]!["price"]!["$ref"]);
        Assert.Equal("#/components/schemas/Money", (string?)schemas["Line"]!["properties"]!["price"]!["$ref"]);
        var use = Merged["paths"]!["/api/v1/payments"]!.ToJsonString();
        Assert.Contains("#/components/schemas/PaymentsLine", use, StringComparison.Ordinal);
    }

    [Fact]
    public void Paths_and_tags_are_joined()
    {
        Assert.Equal(["get", "post"], Merged["paths"]!["/api/v1/orders"]!.AsObject().Select(operation => operation.Key).Order());
        Assert.Equal(["Orders", "Payments"], Merged["tags"]!.AsArray().Select(tag => (string?)tag!["name"]));
    }

    [Fact]
    public void A_service_that_is_away_is_named() =>
        Assert.Equal(["delivery"], Merged["x-unavailable"]!.AsArray().Select(service => (string?)service));

    [Theory]
    [InlineData("/openapi")]
    [InlineData("/openapi/v1.json")]
    public async Task One_document_describes_all_services(string path)
    {
        foreach (var (name, backend) in system.Backends)
            backend.OpenApi = $$"""{"openapi":"3.1.1","paths":{"/api/v1/{{name}}":{"get":{} } } }""";
        using var client = system.Client();

        var document = await client.GetFromJsonAsync<JsonObject>(new Uri(path, UriKind.Relative));

        Assert.Equal(system.Backends.Keys.Select(name => $"/api/v1/{name}"), document!["paths"]!.AsObject().Select(entry => entry.Key));
        Assert.Equal("EatFast API", (string?)document["info"]!["title"]);
        Assert.Equal("bearer", (string?)document["components"]!["securitySchemes"]!["bearer"]!["scheme"]);
        Assert.False(document.ContainsKey("x-unavailable"));
    }

    [Fact]
    public async Task The_reference_page_loads_nothing_from_elsewhere()
    {
        using var client = system.Client();

        var page = await client.GetStringAsync(new Uri("/scalar/", UriKind.Relative));
        using var script = await client.GetAsync(new Uri("/scalar/scalar.js", UriKind.Relative));

        Assert.DoesNotContain("https://cdn", page, StringComparison.Ordinal);
        Assert.True(script.IsSuccessStatusCode);
    }

    private static JsonObject Parse(string json) => JsonNode.Parse(json)!.AsObject();
}
