using System.Text.Json;
using System.Text.Json.Nodes;

namespace EatFast.AuthorizationTests;

public sealed class ApiDescriptionTests(AuthorizationSystem system)
{
    public static TheoryData<string> Services => ["identity", "catalog", "ordering", "payments", "delivery", "notifications"];

    [Theory]
    [MemberData(nameof(Services))]
    public async Task Every_operation_names_its_refusals_and_what_it_does(string service)
    {
        var document = await ReadAsync(service);
        var silent = from path in document["paths"]!.AsObject()
                     from operation in path.Value!.AsObject()
                     let responses = operation.Value!["responses"]!.AsObject()
                     where operation.Value["summary"] is null || !responses.ContainsKey("429") || !responses.Any(answer => answer.Key[0] == '2')
                     select $"{operation.Key} {path.Key}";

        Assert.True(!silent.Any(), string.Join('\n', silent));
    }

    [Theory]
    [MemberData(nameof(Services))]
    public async Task Numbers_times_and_ids_have_examples_within_their_limits(string service)
    {
        var schemas = (await ReadAsync(service))["components"]!["schemas"]!.AsObject();
        var wrong = from schema in schemas
                    from property in schema.Value!["properties"]?.AsObject() ?? []
                    where NeedsExample(property.Value!) && !IsWithin(property.Value!["examples"]?[0], property.Value!)
                    select $"{schema.Key}.{property.Key}: {property.Value!.ToJsonString()}";

        Assert.True(!wrong.Any(), string.Join('\n', wrong));
    }

    [Theory]
    [InlineData("ordering", "/api/v1/orders")]
    [InlineData("ordering", "/api/v1/orders/quote")]
    [InlineData("ordering", "/api/v1/guest/orders")]
    [InlineData("ordering", "/api/v1/guest/orders/quote")]
    [InlineData("ordering", "/api/v1/cart/items")]
    [InlineData("ordering", "/api/v1/admin/promotions")]
    [InlineData("identity", "/api/v1/public/contact")]
    [InlineData("identity", "/api/v1/public/newsletter")]
    [InlineData("identity", "/api/v1/public/partner-applications")]
    [InlineData("catalog", "/api/v1/admin/restaurants")]
    [InlineData("catalog", "/api/v1/menu/categories/{categoryId}/items")]
    public async Task A_main_request_has_a_whole_example_and_names_what_refuses_it(string service, string path)
    {
        var operation = (await ReadAsync(service))["paths"]![path]!["post"]!;

        Assert.NotEmpty(operation["requestBody"]!["content"]!["application/json"]!["example"]!.AsObject());
        var answers = operation["responses"]!.AsObject();
        Assert.True(answers.ContainsKey("409") && answers.ContainsKey("422"));
        Assert.True(answers.ContainsKey("404") || !path.Contains('{', StringComparison.Ordinal));
    }

    private async Task<JsonNode> ReadAsync(string service)
    {
        using var response = await system.SendAsync(service, "anonymous", HttpMethod.Get, "/openapi/v1.json", null);
        return JsonNode.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;
    }

    private static bool NeedsExample(JsonNode property)
    {
        var types = property["type"] switch
        {
            JsonArray several => several.Select(type => (string)type!),
            { } one => [(string)one!],
            null => []
        };
        return types.Any(type => type is "integer" or "number" or "boolean" || (type == "string" && (string?)property["format"] is "uuid" or "date-time"));
    }

    private static bool IsWithin(JsonNode? example, JsonNode property) => example is not null
        && (example.GetValueKind() != JsonValueKind.Number
            || ((double)example >= ((double?)property["minimum"] ?? double.MinValue) && (double)example <= ((double?)property["maximum"] ?? double.MaxValue)));
}
