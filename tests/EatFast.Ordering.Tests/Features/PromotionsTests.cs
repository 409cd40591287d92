using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using EatFast.Ordering.Contracts;
using EatFast.Security;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Ordering.Tests.Features;

public sealed class PromotionsTests(OrderingSystem system)
{
    [Fact]
    public async Task A_total_limit_holds_under_parallel_orders()
    {
        var code = await MakeAsync(body => body["usageLimit"] = 5);

        var answers = await Task.WhenAll(Enumerable.Range(0, 24).Select(_ => OrderAsync(code, Guid.NewGuid())));

        Assert.Equal(5, answers.Count(answer => answer.StatusCode == HttpStatusCode.Created));
        Assert.Equal(19, answers.Count(answer => answer.StatusCode == HttpStatusCode.UnprocessableEntity));
        Assert.Equal((5, 5), await UsesAsync(code));
    }

    [Theory]
    [InlineData("perUserLimit", 2, 2)]
    [InlineData("isFirstTimeOnly", true, 1)]
    public async Task A_customers_share_holds_when_the_same_customer_orders_in_parallel(string member, object value, int allowed)
    {
        var code = await MakeAsync(body => body[member] = JsonValue.Create(value));
        var customer = Guid.NewGuid();

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => OrderAsync(code, customer)));

        Assert.Equal(allowed, answers.Count(answer => answer.StatusCode == HttpStatusCode.Created));
        Assert.Equal((allowed, allowed), await UsesAsync(code));
    }

    [Fact]
    public async Task The_discount_is_on_the_bill_and_a_stopped_order_gives_the_use_back_once()
    {
        var code = await MakeAsync(body => body["usageLimit"] = 1);
        var customer = Guid.NewGuid();
        var order = await (await OrderAsync(code, customer)).DataAsync();
        Assert.Equal((600, 3_400), (order["pricing"]!["discount"]!.GetValue<long>(), order["pricing"]!["total"]!.GetValue<long>()));
        var id = order["orderId"]!.GetValue<Guid>();

        await system.Ordering.DeliverAsync(new OrderCancelled(id, "", customer, id, id, "x", 2, system.Clock.GetUtcNow()), times: 2);
        await system.Ordering.DeliverAsync(new OrderExpired(id, "", customer, id, id, 2, system.Clock.GetUtcNow()));

        Assert.Equal((0, 0), await UsesAsync(code));
        (await OrderAsync(code, Guid.NewGuid())).EnsureSuccessStatusCode();
        var history = await (await system.Customer(customer).GetAsync(Path("/promotions/history"))).DataAsync();
        Assert.True(history["redemptions"]![0]!["wasReturned"]!.GetValue<bool>());
    }

    [Fact]
    public async Task A_refused_order_uses_nothing_up()
    {
        var code = await MakeAsync(body => body["usageLimit"] = 1);

        using var soldOut = await OrderAsync(code, Guid.NewGuid(), ScriptedCatalog.SoldOut);

        Assert.False(soldOut.IsSuccessStatusCode);
        Assert.Equal((0, 0), await UsesAsync(code));
    }

    [Fact]
    public async Task Anyone_sees_current_promotions_and_can_try_a_code()
    {
        var code = await MakeAsync(_ => { });
        var later = await MakeAsync(body => body["startDate"] = system.Clock.GetUtcNow().AddHours(1).ToString("O"));
        var anyone = system.ClientOf("ordering");

        var active = (await (await anyone.GetAsync(Path("/promotions/active"))).DataAsync())["promotions"]!.AsArray()
            .Select(promotion => promotion!["code"]!.GetValue<string>()).ToList();
        var tried = await (await TryAsync(code, 10_000)).DataAsync();
        using var early = await TryAsync(later, 10_000);
        using var small = await TryAsync(code, 100);

        Assert.Contains(code, active);
        Assert.DoesNotContain(later, active);
        Assert.Equal(2_000, tried["discountAmount"]!.GetValue<long>());
        await early.AssertRefusedAsync(HttpStatusCode.UnprocessableEntity, "PROMO_CODE_INVALID");
        await small.AssertRefusedAsync(HttpStatusCode.UnprocessableEntity, "PROMO_CODE_INVALID");
        Assert.Equal((0, 0), await UsesAsync(code));
    }

    [Fact]
    public async Task Only_admins_make_promotions_and_only_sensible_ones()
    {
        using var customer = await system.Customer(Guid.NewGuid()).PostAsJsonAsync("/api/v1/admin/promotions", Body("NOPE"));
        var backwards = Body("BACKWARDS");
        backwards["endDate"] = "2020-01-01T00:00:00Z";
        var free = Body("TOOMUCH");
        free["value"] = 101;
        using var wrongEnd = await system.Admin().PostAsJsonAsync("/api/v1/admin/promotions", backwards);
        using var wrongValue = await system.Admin().PostAsJsonAsync("/api/v1/admin/promotions", free);

        Assert.Equal(HttpStatusCode.Forbidden, customer.StatusCode);
        await wrongEnd.AssertRefusedAsync(HttpStatusCode.BadRequest, "VALIDATION_ERROR");
        await wrongValue.AssertRefusedAsync(HttpStatusCode.BadRequest, "VALIDATION_ERROR");
    }

    [Fact]
    public async Task A_promotion_is_changed_and_removed_until_it_was_used()
    {
        var code = await MakeAsync(_ => { });
        var other = await MakeAsync(_ => { });
        var removed = await IdAsync(other);
        var path = $"/api/v1/admin/promotions/{await IdAsync(code)}";

        using var taken = await system.Admin().PutAsJsonAsync(path, Body(other.ToLowerInvariant()));
        var changed = await (await system.Admin().PutAsJsonAsync(path, Body(code, value: 50))).DataAsync();
        (await OrderAsync(code, Guid.NewGuid())).EnsureSuccessStatusCode();
        using var used = await system.Admin().DeleteAsync(new Uri(path, UriKind.Relative));
        using var unused = await system.Admin().DeleteAsync(Path($"/admin/promotions/{await IdAsync(other)}"));
        using var gone = await system.Admin().GetAsync(Path($"/admin/promotions/{Guid.NewGuid()}"));

        await taken.AssertRefusedAsync(HttpStatusCode.Conflict, "PROMOTION_CODE_TAKEN");
        Assert.Equal(50, changed["promotion"]!["value"]!.GetValue<long>());
        await used.AssertRefusedAsync(HttpStatusCode.Conflict, "PROMOTION_IN_USE");
        var actions = (await system.Ordering.AnnouncedAsync<ActionRecorded>()).FindAll(done => done.SubjectType == "promotion");
        Assert.Equal(["promotion.created", "promotion.changed"], actions.Where(done => path.EndsWith($"{done.SubjectId}", StringComparison.Ordinal)).Select(done => done.Action));
        Assert.Equal(["promotion.created", "promotion.removed"], actions.Where(done => $"{done.SubjectId}" == $"{removed}").Select(done => done.Action));
        Assert.Equal(HttpStatusCode.NoContent, unused.StatusCode);
        await gone.AssertRefusedAsync(HttpStatusCode.NotFound, "PROMOTION_NOT_FOUND");
    }

    private static Uri Path(string path) => new($"/api/v1{path}", UriKind.Relative);

    private JsonObject Body(string code, long value = 20) => new()
    {
        ["code"] = code,
        ["title"] = "Bienvenue",
        ["type"] = "percentage",
        ["value"] = value,
        ["minimumOrderAmount"] = 2_000,
        ["startDate"] = system.Clock.GetUtcNow().AddHours(-1).ToString("O"),
        ["endDate"] = system.Clock.GetUtcNow().AddDays(30).ToString("O")
    };

    private async Task<string> MakeAsync(Action<JsonObject> change)
    {
        var body = Body($"T{Guid.NewGuid():N}".ToUpperInvariant());
        change(body);
        (await system.Admin().PostAsJsonAsync("/api/v1/admin/promotions", body)).EnsureSuccessStatusCode();
        return body["code"]!.GetValue<string>();
    }

    // A busy machine answers 503, and a client then asks again.
    private async Task<HttpResponseMessage> OrderAsync(string code, Guid customer, Guid? item = null)
    {
        var body = Bodies.Order(system.Catalog.AddRestaurant().Id, item);
        body["promoCode"] = code.ToLowerInvariant();
        HttpResponseMessage answer;
        do
            answer = await system.Customer(customer).PostAsJsonAsync("/api/v1/orders", body);
        while (answer.StatusCode == HttpStatusCode.ServiceUnavailable);
        return answer;
    }

    private Task<HttpResponseMessage> TryAsync(string code, long amount) =>
        system.ClientOf("ordering").PostAsJsonAsync("/api/v1/promotions/validate", new { code, orderAmount = amount });

    private Task<Guid> IdAsync(string code) =>
        system.Ordering.WithDbAsync(db => db.Promotions.Where(promotion => promotion.Code == code).Select(promotion => promotion.Id).SingleAsync());

    private Task<(int Counted, int Stored)> UsesAsync(string code) => system.Ordering.WithDbAsync(async db =>
    {
        var promotion = await db.Promotions.AsNoTracking().SingleAsync(found => found.Code == code);
        return (promotion.UsageCount, await db.Redemptions.CountAsync(used => used.PromotionId == promotion.Id && used.ReleasedAt == null));
    });
}
