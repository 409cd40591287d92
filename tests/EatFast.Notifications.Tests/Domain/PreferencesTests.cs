using EatFast.Notifications.Domain;

namespace EatFast.Notifications.Tests.Domain;

public sealed class PreferencesTests
{
    private readonly Preferences _defaults = Preferences.DefaultsOf(Guid.NewGuid());

    private static IEnumerable<NotificationKind> Codes =>
        NotificationKind.All.Where(kind => kind.Name.StartsWith("security.", StringComparison.Ordinal));

    private static IEnumerable<NotificationKind> Letters =>
        NotificationKind.All.Where(kind => kind.Name.Split('.')[0] is "support" or "newsletter" or "partner");

    private static IEnumerable<NotificationKind> Others => NotificationKind.All.Except(Codes).Except(Letters);

    [Fact]
    public void A_code_is_sent_where_it_can_be_proven_and_kept_nowhere_else()
    {
        Assert.Equal(5, Codes.Count());
        Assert.All(Codes, code => Assert.True(code is { IsCritical: true, HasEmail: true, IsInApp: false }, code.Name));
    }

    [Fact]
    public void A_letter_to_somebody_without_an_account_is_mail_and_nothing_else()
    {
        Assert.Equal(5, Letters.Count());
        Assert.All(Letters, letter => Assert.True(letter is { HasEmail: true, IsInApp: false, IsCritical: false }, letter.Name));
    }

    [Fact]
    public void By_default_only_texts_that_matter_are_sent()
    {
        var texted = Others.Where(kind => _defaults.ChannelsOf(kind).Contains(Channels.Sms))
            .Select(kind => kind.Name).Order();

        Assert.Equal(
            ["account.approved", "driver.bring_back", "operator.sms", "order.cancelled", "order.picked_up", "order.rejected", "payment.refunded"],
            texted);
    }

    [Fact]
    public void By_default_e_mails_tell_of_the_account_and_of_the_orders_two_ends()
    {
        var mailed = Others.Where(kind => _defaults.ChannelsOf(kind).Contains(Channels.Email))
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
