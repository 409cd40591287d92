using EatFast.Notifications.Domain;

namespace EatFast.Notifications.Tests.Domain;

public sealed class PreferencesTests
{
    private readonly Preferences _defaults = Preferences.DefaultsOf(Guid.NewGuid());

    [Fact]
    public void By_default_only_texts_that_matter_are_sent()
    {
        var texted = NotificationKind.All.Where(kind => _defaults.ChannelsOf(kind).Contains(Channels.Sms))
            .Select(kind => kind.Name).Order();

        Assert.Equal(
            ["account.approved", "driver.bring_back", "operator.sms", "order.cancelled", "order.picked_up", "order.rejected", "payment.refunded"],
            texted);
    }

    [Fact]
    public void By_default_e_mails_tell_of_the_account_and_of_the_orders_two_ends()
    {
        var mailed = NotificationKind.All.Where(kind => _defaults.ChannelsOf(kind).Contains(Channels.Email))
            .Select(kind => kind.Name).Order();

        Assert.Equal(
            [
                "account.approved", "account.closed", "account.restored", "account.role_changed", "account.suspended", "account.welcome",
                "order.delivered", "order.released"
            ],
            mailed);
    }

    [Theory]
    [InlineData(1, 1.0)]
    [InlineData(5, 600.0)]
    [InlineData(6, null)]
    public void The_pauses_grow_and_end(int attempts, double? seconds)
    {
        var pause = OutgoingMessage.PauseAfter(attempts);

        Assert.Equal(seconds, pause?.TotalSeconds);
    }
}
