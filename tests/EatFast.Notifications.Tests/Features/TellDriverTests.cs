using EatFast.Delivery.Contracts;
using EatFast.Identity.Contracts.V1;
using EatFast.Security;

namespace EatFast.Notifications.Tests.Features;

public sealed class TellDriverTests(NotificationsSystem system)
{
    private const string Path = "/api/v1/notifications";
    private readonly Guid _driverId = Guid.NewGuid();

    [Fact]
    public async Task An_offer_is_told_once_each_time_the_driver_is_asked()
    {
        var first = AnOffer();

        await system.Service.DeliverAsync(first, Guid.NewGuid(), times: 2);
        await system.Service.DeliverAsync(first);
        await system.Service.DeliverAsync(first with { OfferId = Guid.NewGuid() });

        var told = (await Driver().GetDataAsync(Path)).GetProperty("notifications").EnumerateArray().ToList();
        Assert.Equal(2, told.Count);
        Assert.All(told, notification => Assert.Equal("Course EF-1 proposée", notification.Text("title")));
    }

    [Theory]
    [InlineData(false, "driver.withdrawn")]
    [InlineData(true, "driver.bring_back")]
    public async Task A_job_that_is_gone_is_told_and_food_on_the_way_is_called_back_by_text(bool hadFood, string kind)
    {
        var phone = $"+23767{_driverId.GetHashCode() & 0xFFFFFF:D8}"[..13];
        var contact = new GetContactReply { UserId = _driverId.ToString(), Phone = phone, Language = "fr" };
        system.Identity.Contacts[_driverId.ToString()] = contact;
        var gone = new DeliveryWithdrawn(Guid.NewGuid(), Guid.NewGuid(), "EF-1", _driverId, hadFood, system.Clock.GetUtcNow());

        await system.Service.DeliverAsync(gone, Guid.NewGuid(), times: 2);

        var told = Assert.Single((await Driver().GetDataAsync(Path)).GetProperty("notifications").EnumerateArray());
        Assert.Equal(kind, told.Text("kind"));
        if (hadFood)
            Assert.Contains("Rapportez-la", $"{await system.FirstSentToAsync(phone)}", StringComparison.Ordinal);
    }

    private HttpClient Driver() => system.ClientOf("notifications", _driverId, Roles.DeliveryAgent);

    private DeliveryOffered AnOffer()
    {
        var now = system.Clock.GetUtcNow();
        return new(Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid(), "EF-1", _driverId, now.AddSeconds(45), now);
    }
}
