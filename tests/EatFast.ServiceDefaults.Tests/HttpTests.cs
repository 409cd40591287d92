using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using EatFast.Security;

namespace EatFast.ServiceDefaultsTests;

public sealed class HttpTests(ProbeSystem system)
{
    [Theory]
    [InlineData("{", "body")]
    [InlineData("[]", "body")]
    [InlineData("""{"text":"a","priceXaf":"12"}""", "priceXaf")]
    [InlineData("""{"text":"a","priceXaf":1.5}""", "priceXaf")]
    [InlineData("""{"text":"a","priceXaf":99999999999999999999}""", "priceXaf")]
    [InlineData("""{"text":"a","priceXaf":1,"fee":0}""", "fee")]
    [InlineData("""{"text":"a","text":"b","priceXaf":1}""", "text")]
    [InlineData("""{"text":null,"priceXaf":1}""", "text")]
    [InlineData("""{"priceXaf":1}""", "text")]
    [InlineData("""{"text":"a","priceXaf":-1}""", "priceXaf")]
    [InlineData("""{"text":"a"}""", "priceXaf")]
    [InlineData("""{"text":"far too long for a note of twenty","priceXaf":1}""", "text")]
    [InlineData("""{"text":"nul\u0000","priceXaf":1}""", "text")]
    [InlineData("""{"text":"half \uD800","priceXaf":1}""", "text")]
    public async Task A_bad_body_is_refused_with_the_field_that_is_wrong(string body, string field)
    {
        var client = system.ClientOf("probe", Guid.NewGuid());

        var response = await client.PostAsync("/api/v1/notes", new StringContent(body, Encoding.UTF8, "application/json"));

        Assert.Equal(400, (int)response.StatusCode);
        var problem = (await response.Content.ReadFromJsonAsync<JsonObject>())!;
        Assert.Equal("VALIDATION_ERROR", (string?)problem["error_code"]);
        Assert.Contains(field, problem["field_errors"]!.AsObject().Select(entry => entry.Key));
    }

    [Fact]
    public async Task A_problem_has_every_member_that_some_client_reads()
    {
        var client = system.ClientOf("probe", Guid.NewGuid());
        client.DefaultRequestHeaders.Add("X-Request-Id", "my-request");

        var response = await client.PostAsJsonAsync("/api/v1/notes", new { text = "dear", priceXaf = 5000 });

        Assert.Equal(422, (int)response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
        Assert.Equal("my-request", response.Headers.GetValues("X-Request-Id").Single());
        var problem = (await response.Content.ReadFromJsonAsync<JsonObject>())!;
        string[] members = ["type", "title", "status", "detail", "instance", "traceId", "success", "message", "error", "error_code", "code",
            "field_errors", "errors", "requestId", "timestamp"];
        Assert.All(members, member => Assert.True(problem.ContainsKey(member), member));
        Assert.Equal("Le maximum est de 1000 FCFA.", (string?)problem["message"]);
        Assert.Equal("my-request", (string?)problem["requestId"]);
        Assert.False((bool)problem["success"]!);
    }

    [Theory]
    [InlineData("en", "The maximum is 1000 FCFA.")]
    [InlineData("de,en;q=0.8,fr;q=0.5", "The maximum is 1000 FCFA.")]
    [InlineData("de", "Le maximum est de 1000 FCFA.")]
    public async Task A_refusal_speaks_the_callers_language(string accepted, string sentence)
    {
        var client = system.ClientOf("probe", Guid.NewGuid());
        client.DefaultRequestHeaders.Add("Accept-Language", accepted);

        var response = await client.PostAsJsonAsync("/api/v1/notes", new { text = "dear", priceXaf = 5000 });

        Assert.Equal(sentence, (string?)(await response.Content.ReadFromJsonAsync<JsonObject>())!["message"]);
    }

    [Theory]
    [InlineData(null, "The maximum is 1000 FCFA.")]
    [InlineData("de", "The maximum is 1000 FCFA.")]
    [InlineData("fr", "Le maximum est de 1000 FCFA.")]
    public async Task Where_the_caller_asks_for_neither_the_accounts_own_language_counts(string? accepted, string sentence)
    {
        var client = system.ClientOf("probe");
        client.DefaultRequestHeaders.Authorization =
            new("Bearer", system.Tokens.For(Guid.NewGuid(), Roles.Customer, system.Clock.GetUtcNow(), language: "en"));
        if (accepted is not null)
            client.DefaultRequestHeaders.Add("Accept-Language", accepted);

        var response = await client.PostAsJsonAsync("/api/v1/notes", new { text = "dear", priceXaf = 5000 });

        Assert.Equal(sentence, (string?)(await response.Content.ReadFromJsonAsync<JsonObject>())!["message"]);
    }

    [Fact]
    public async Task What_belongs_to_someone_else_is_not_there()
    {
        var created = await system.ClientOf("probe", Guid.NewGuid()).PostAsJsonAsync("/api/v1/notes", new { text = "mine", priceXaf = 1 });

        var response = await system.ClientOf("probe", Guid.NewGuid()).GetAsync(created.Headers.Location);

        await AssertProblem(response, 404, "NOTE_NOT_FOUND");
    }

    [Fact]
    public async Task Nobody_gets_in_without_a_valid_token_of_the_right_role()
    {
        var path = new Uri("/api/v1/notes", UriKind.Relative);
        var forged = system.ClientOf("probe");
        forged.DefaultRequestHeaders.Add("Authorization", "Bearer eyJhbGciOiJub25lIn0.e30.");
        var expired = system.ClientOf("probe");
        var stale = system.Tokens.For(Guid.NewGuid(), Roles.Customer, system.Clock.GetUtcNow().AddHours(-1));
        expired.DefaultRequestHeaders.Add("Authorization", $"Bearer {stale}");

        await AssertProblem(await system.ClientOf("probe").GetAsync(path), 401, "MISSING_TOKEN");
        await AssertProblem(await forged.GetAsync(path), 401, "INVALID_TOKEN");
        await AssertProblem(await expired.GetAsync(path), 401, "INVALID_TOKEN");
        await AssertProblem(await system.ClientOf("probe", Guid.NewGuid(), Roles.Admin).GetAsync(path), 403, "INSUFFICIENT_PERMISSIONS");
    }

    [Fact]
    public async Task A_bug_says_nothing_about_itself()
    {
        var response = await system.ClientOf("probe").GetAsync("/api/v1/bug");

        Assert.DoesNotContain("secret detail", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        await AssertProblem(response, 500, "INTERNAL_ERROR");
    }

    [Theory]
    [InlineData("?page=0")]
    [InlineData("?limit=101")]
    [InlineData("?page=x")]
    [InlineData("?page=1&q=%00")]
    [InlineData("?page=99999999999999")]
    public async Task A_page_out_of_range_is_refused(string query) =>
        await AssertProblem(await system.ClientOf("probe", Guid.NewGuid()).GetAsync("/api/v1/notes" + query), 400, "VALIDATION_ERROR");

    private static async Task AssertProblem(HttpResponseMessage response, int status, string code)
    {
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(status == (int)response.StatusCode, $"{response.StatusCode}: {text}");
        Assert.Equal(code, (string?)JsonNode.Parse(text)!["error_code"]);
    }
}
