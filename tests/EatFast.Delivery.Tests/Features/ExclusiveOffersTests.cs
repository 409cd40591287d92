using EatFast.Testing;

namespace EatFast.Delivery.Tests.Features;

/// <summary>Delivery where only the driver who is being asked may take the job.</summary>
public sealed class ExclusiveSystem : DeliverySystem
{
    protected override IReadOnlyDictionary<string, string?> Settings { get; } =
        new Dictionary<string, string?> { ["Delivery:ExclusiveOffers"] = "true" };
}

public sealed class ExclusiveOffersTests(ExclusiveSystem system) : IClassFixture<ExclusiveSystem>
{
    [Fact]
    public async Task While_one_driver_is_asked_another_neither_sees_nor_gets_the_job_and_then_it_is_his_turn()
    {
        var place = system.SomewhereElse();
        var near = await system.ADriverOnlineAsync(place);
        var far = await system.ADriverOnlineAsync(new(place.Latitude + 0.02, place.Longitude));
        var orderId = await system.AnOfferAsync(place);
        await Eventually.AsTrue(async () => (await system.FindAsync(orderId))!.OfferedTo is not null, "somebody is asked");

        await (await far.PostAsync($"/api/v1/drivers/me/orders/{orderId}/accept", null)).AssertRefusedAsync(409, "OFFER_RESERVED");
        Assert.Equal((1, 0), (await OffersOfAsync(near), await OffersOfAsync(far)));
        system.Clock.Advance(TimeSpan.FromSeconds(46));
        await Eventually.AsTrue(async () => await OffersOfAsync(far) == 1 && await OffersOfAsync(near) == 0, "the far driver is asked");

        (await far.PostAsync($"/api/v1/drivers/me/orders/{orderId}/accept", null)).EnsureSuccessStatusCode();
    }

    private static async Task<int> OffersOfAsync(HttpClient driver) =>
        (await (await driver.GetAsync("/api/v1/drivers/me/orders/available")).DataAsync()).GetProperty("orders").GetArrayLength();
}
