using System.Net;
using System.Text.Json;

namespace EatFast.Gateway.Tests;

public sealed class MobileProjectionTests(GatewaySystem system) : IClassFixture<GatewaySystem>
{
    private const string Id = "01990000-0000-7000-8000-0000000000aa";
    private const string Plain = """{"success":true,"data":{"id":"x","price":7000.0,"name":"Ndolé & <b>","restaurants":[]}}""";

    [Theory]
    [InlineData("GET", "users/profile", "user")]
    [InlineData("GET", "auth/profile", "user")]
    [InlineData("PUT", "client/profile", "user")]
    [InlineData("GET", "restaurants/" + Id, "restaurant")]
    [InlineData("GET", "client/restaurants/" + Id, "restaurant")]
    [InlineData("GET", "guest/cart", "cart")]
    [InlineData("PUT", "guest/cart", "cart")]
    [InlineData("POST", "guest/cart/add", "cart")]
    [InlineData("POST", "restaurant/menus", "category")]
    [InlineData("POST", "restaurant/menus", "menu")]
    [InlineData("PUT", "restaurant/menus/" + Id, "category")]
    [InlineData("PUT", "restaurant/menus/" + Id, "menu")]
    [InlineData("POST", "menu/categories/" + Id + "/items", "item")]
    [InlineData("PUT", "menu/items/" + Id, "item")]
    [InlineData("POST", "restaurant/orders/" + Id + "/confirm", "order")]
    [InlineData("POST", "restaurant/orders/" + Id + "/cancel", "order")]
    [InlineData("POST", "restaurant/orders/" + Id + "/preparing", "order")]
    [InlineData("POST", "restaurant/orders/" + Id + "/ready", "order")]
    public void All_of_data_stands_under_the_name_that_the_app_reads(string method, string path, string name) =>
        Assert.Equal("1", Flat(method, path, """{"success":true,"data":{"a":1}}""").GetProperty(name).GetProperty("a").GetRawText());

    [Theory]
    [InlineData("GET", "restaurant/menus", "categories", "menus")]
    [InlineData("POST", "payments/create-intent", "paymentId", "id")]
    [InlineData("POST", "payments/create-intent", "method", "gateway")]
    [InlineData("POST", "payments/create-intent", "method", "provider")]
    [InlineData("GET", "payments/status/" + Id, "method", "gateway")]
    [InlineData("GET", "payments/status/" + Id, "method", "provider")]
    public void A_member_of_data_stands_under_its_other_name(string method, string path, string member, string name) =>
        Assert.Equal("7", Flat(method, path, $$"""{"success":true,"data":{"{{member}}":7} }""").GetProperty(name).GetRawText());

    [Theory]
    [InlineData("token")]
    [InlineData("refreshToken")]
    [InlineData("user")]
    [InlineData("session")]
    [InlineData("restaurants")]
    [InlineData("notifications")]
    [InlineData("clientSecret")]
    public void Members_of_data_stand_at_the_top(string name) =>
        Assert.Equal("7.0", Flat("POST", "auth/login", $$"""{"success":true,"data":{"{{name}}":7.0} }""").GetProperty(name).GetRawText());

    [Fact]
    public void What_the_answer_says_itself_is_not_overwritten_and_no_failure_is_made_up()
    {
        var flat = Flat("GET", "orders", """{"success":true,"message":"fait","data":{"success":false,"message":"x","error":"y","a":1}}""");

        Assert.Equal((true, "fait"), (flat.GetProperty("success").GetBoolean(), flat.GetProperty("message").GetString()));
        Assert.False(flat.TryGetProperty("error", out _));
        Assert.Equal(1, flat.GetProperty("a").GetInt32());
    }

    [Theory]
    [InlineData("[1]")]
    [InlineData("""{"keys":[]}""")]
    [InlineData("no json")]
    public void What_is_not_in_the_envelope_goes_through(string body) => Assert.Null(MobileProjection.Flatten(System.Text.Encoding.UTF8.GetBytes(body), []));

    [Fact]
    public async Task The_app_gets_both_and_everybody_else_gets_every_byte_as_it_came()
    {
        var path = Serve("catalog", $"/api/v1/restaurants/{Guid.NewGuid()}", Plain);

        using var mobile = await GetAsync(path, "mobile");
        using var other = await GetAsync(path, null);
        using var web = await GetAsync(path, "web");

        Assert.Equal(Plain, await other.Content.ReadAsStringAsync());
        Assert.Equal(Plain, await web.Content.ReadAsStringAsync());
        var flat = JsonDocument.Parse(await mobile.Content.ReadAsStringAsync()).RootElement;
        Assert.Equal("7000.0", flat.GetProperty("price").GetRawText());
        Assert.Equal(flat.GetProperty("data").GetRawText(), flat.GetProperty("restaurant").GetRawText());
        Assert.Contains("X-Platform", mobile.Headers.Vary);
    }

    [Fact]
    public async Task A_kept_answer_of_one_kind_is_never_given_to_the_other_and_304_still_works()
    {
        var path = $"/api/v1/search/tagged?who={Guid.NewGuid()}";

        using var web = await GetAsync(path, null);
        using var mobile = await GetAsync(path, "mobile");
        using var known = await GetAsync(path, "mobile", "\"state-1\"");

        Assert.Contains("X-Platform", web.Headers.Vary);
        Assert.Contains("X-Platform", mobile.Headers.Vary);
        Assert.Equal(web.Headers.ETag, mobile.Headers.ETag);
        Assert.Equal(HttpStatusCode.NotModified, known.StatusCode);
    }

    [Fact]
    public async Task Errors_and_what_is_too_large_are_untouched()
    {
        var large = $$"""{"success":true,"data":{"text":"{{new string('x', 1_100_000)}}"} }""";
        var path = Serve("catalog", $"/api/v1/restaurants/{Guid.NewGuid()}", large);

        using var refused = await GetAsync("/api/v1/search/forbidden", "mobile");
        using var huge = await GetAsync(path, "mobile");

        Assert.Equal("""{"error_code":"OWN_CODE"}""", await refused.Content.ReadAsStringAsync());
        Assert.Equal(large, await huge.Content.ReadAsStringAsync());
    }

    private static JsonElement Flat(string method, string path, string body)
    {
        var http = new Microsoft.AspNetCore.Http.DefaultHttpContext { Request = { Method = method, Path = $"/api/v1/{path}" } };
        var flat = MobileProjection.Flatten(System.Text.Encoding.UTF8.GetBytes(body), MobileAliases.Of(http.Request));
        return JsonDocument.Parse(flat!.Value).RootElement;
    }

    private string Serve(string service, string path, string body)
    {
        system.Backends[service].Answers[path] = body;
        return path;
    }

    private async Task<HttpResponseMessage> GetAsync(string path, string? platform, string? tag = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (platform is not null)
            request.Headers.Add("X-Platform", platform);
        if (tag is not null)
            request.Headers.Add("If-None-Match", tag);
        return await system.Client().SendAsync(request);
    }
}
