using System.Net;
using System.Net.Http.Json;
using EatFast.Payments.Contracts;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Ordering.Tests.Features;

public sealed class IssueRewardTests(OrderingSystem system)
{
    private readonly Guid _owner = Guid.NewGuid();
    private readonly string _code = $"EF-{Guid.NewGuid():N}".ToUpperInvariant();

    [Theory]
    [InlineData("discount", 1_000, 1_000)]
    [InlineData("free_delivery", 0, null)]
    public async Task A_code_for_points_takes_something_off_one_order_of_its_owner_alone(string type, long value, int? off)
    {
        await IssueAsync(type, value);

        await (await OrderAsync(Guid.NewGuid())).AssertRefusedAsync(HttpStatusCode.UnprocessableEntity, "PROMO_CODE_INVALID");
        using var asked = await system.ClientOf("ordering").PostAsJsonAsync(Path("/promotions/validate"), new { code = _code, orderAmount = 5_000 });
        await asked.AssertRefusedAsync(HttpStatusCode.UnprocessableEntity, "PROMO_CODE_INVALID");
        var pricing = (await (await OrderAsync(_owner)).DataAsync())["pricing"]!;
        await (await OrderAsync(_owner)).AssertRefusedAsync(HttpStatusCode.UnprocessableEntity, "PROMO_CODE_INVALID");

        Assert.Equal(off ?? pricing["deliveryFee"]!.GetValue<long>(), pricing["discount"]!.GetValue<long>());
        Assert.Equal(1, await system.Ordering.WithDbAsync(db => db.Promotions.CountAsync(promotion => promotion.Code == _code && promotion.UsageCount == 1)));
    }

    [Fact]
    public async Task A_code_is_listed_to_its_owner_alone_and_stays_the_owners_when_it_is_changed()
    {
        await IssueAsync("discount", 500);
        var id = await system.Ordering.WithDbAsync(db => db.Promotions.Where(promotion => promotion.Code == _code).Select(promotion => promotion.Id).SingleAsync());
        var now = system.Clock.GetUtcNow();
        var change = new { code = _code, title = "Remise", type = "fixed", value = 700, startDate = now.AddHours(-1), endDate = now.AddDays(1) };

        (await system.Admin().PutAsJsonAsync(Path($"/admin/promotions/{id}"), change)).EnsureSuccessStatusCode();

        Assert.Contains(_code, await ActiveAsync(system.Customer(_owner)), StringComparison.Ordinal);
        Assert.DoesNotContain(_code, await ActiveAsync(system.Customer(Guid.NewGuid())), StringComparison.Ordinal);
        Assert.DoesNotContain(_code, await ActiveAsync(system.ClientOf("ordering")), StringComparison.Ordinal);
    }

    private Task IssueAsync(string type, long value) => system.Ordering.DeliverAsync(
        new RewardCodeIssued(Guid.NewGuid(), _owner, _code, type, value, "Remise", system.Clock.GetUtcNow(), system.Clock.GetUtcNow().AddDays(90)),
        times: 2);

    private Task<HttpResponseMessage> OrderAsync(Guid customer)
    {
        var body = Bodies.Order(system.Catalog.AddRestaurant().Id);
        body["promoCode"] = _code;
        return system.Customer(customer).PostAsJsonAsync(Path("/orders"), body);
    }

    private static async Task<string> ActiveAsync(HttpClient client) =>
        (await (await client.GetAsync(Path("/promotions/active"))).DataAsync()).ToJsonString();

    private static Uri Path(string path) => new($"/api/v1{path}", UriKind.Relative);
}
