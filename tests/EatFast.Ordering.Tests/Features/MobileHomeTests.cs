using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;

namespace EatFast.Ordering.Tests.Features;

public sealed class MobileHomeTests(OrderingSystem system)
{
    private const string Path = "/api/v1/mobile/home?lat=4.05&lng=9.70&limit=10";

    [Fact]
    public async Task One_small_answer_holds_the_start_screen()
    {
        var order = await system.OrderAtAsync("preparing");
        using var answer = await GetAsync(system.Customer(order.CustomerId), Path);

        var bytes = await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        var home = JsonNode.Parse(bytes)!["data"]!;
        TestContext.Current.TestOutputHelper!.WriteLine($"mobile/home: {bytes.Length} bytes plain, {Compressed(bytes)} bytes with brotli");

        Assert.Equal(order.Id, home["activeOrder"]!["id"]!.GetValue<Guid>());
        Assert.Equal(10, home["restaurants"]!.AsArray().Count);
        Assert.InRange(bytes.Length, 1, 4_000);
        Assert.InRange(Compressed(bytes), 1, 1_500);
    }

    [Fact]
    public async Task Anyone_sees_it_without_an_order_and_only_the_wanted_fields()
    {
        using var answer = await GetAsync(system.ClientOf("ordering"), Path + "&fields=id,name");

        var home = JsonNode.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!["data"]!;
        Assert.Null(home["activeOrder"]);
        Assert.Equal(["id", "name"], home["restaurants"]![0]!.AsObject().Select(member => member.Key));
    }

    [Fact]
    public async Task An_empty_list_stays_a_list_when_fields_are_chosen()
    {
        using var answer = await GetAsync(system.ClientOf("ordering"), "/api/v1/mobile/home?city=nowhere&fields=id,name");

        var home = JsonNode.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!["data"]!;
        Assert.Empty(home["restaurants"]!.AsArray());
        Assert.NotNull(home["promotions"]);
    }

    [Fact]
    public async Task Who_has_it_gets_304_until_something_changes()
    {
        var order = await system.OrderAtAsync("preparing");
        var customer = system.Customer(order.CustomerId);
        using var first = await GetAsync(customer, Path);

        using var again = await GetAsync(customer, Path, first.Headers.ETag);
        (await OrderingSystem.SetStatusAsync(system.Owner(order.OwnerId), order, "ready")).EnsureSuccessStatusCode();
        using var changed = await GetAsync(customer, Path, first.Headers.ETag);

        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
        Assert.Equal(HttpStatusCode.OK, changed.StatusCode);
    }

    [Fact]
    public async Task A_delivery_fee_is_told_for_a_door_and_refused_where_nobody_rides()
    {
        var restaurant = system.Catalog.AddRestaurant(minimumOrderXaf: 2_500);
        var anyone = system.ClientOf("ordering");
        var path = $"/api/v1/restaurants/{restaurant.Id}/delivery-fee";

        var told = await (await GetAsync(anyone, $"{path}?lat=4.06&lng=9.71")).DataAsync();
        using var far = await GetAsync(anyone, $"{path}?latitude=7&longitude=9.71");
        using var nowhere = await GetAsync(anyone, path);
        using var unknown = await GetAsync(anyone, $"/api/v1/restaurants/{Guid.NewGuid()}/delivery-fee?lat=4&lng=9");

        Assert.Equal((1_000, 2_500), (told["deliveryFee"]!.GetValue<long>(), told["minimumOrder"]!.GetValue<long>()));
        await far.AssertRefusedAsync(HttpStatusCode.UnprocessableEntity, "DELIVERY_AREA_NOT_COVERED");
        await nowhere.AssertRefusedAsync(HttpStatusCode.BadRequest, "VALIDATION_ERROR");
        await unknown.AssertRefusedAsync(HttpStatusCode.NotFound, "RESTAURANT_NOT_FOUND");
    }

    private static async Task<HttpResponseMessage> GetAsync(HttpClient client, string path, EntityTagHeaderValue? tag = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.Relative));
        if (tag is not null)
            request.Headers.IfNoneMatch.Add(tag);
        return await client.SendAsync(request);
    }

    private static long Compressed(byte[] bytes)
    {
        using var target = new MemoryStream();
        using (var brotli = new BrotliStream(target, CompressionLevel.Fastest, leaveOpen: true))
            brotli.Write(bytes);
        return target.Length;
    }
}
