using EatFast.Identity.Contracts;
using EatFast.Notifications.Domain;
using EatFast.Testing;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Notifications.Tests.Features;

public sealed class PreferencesTests(NotificationsSystem system)
{
    private const string Path = "/api/v1/notifications/preferences";

    [Fact]
    public async Task Without_a_choice_the_defaults_hold()
    {
        var data = await system.ClientOf("notifications", Guid.NewGuid()).GetDataAsync(Path);

        var on = data.EnumerateObject().Where(member => member.Value.GetBoolean()).Select(member => member.Name).Order();
        var off = data.EnumerateObject().Where(member => !member.Value.GetBoolean()).Select(member => member.Name).Order();
        Assert.Equal(
            [
                "driverUpdates", "emailNotifications", "generalNotifications", "orderUpdates", "promotionalOffers", "promotions",
                "pushNotifications"
            ],
            on);
        Assert.Equal(["newsletter", "smsNotifications"], off);
    }

    [Fact]
    public async Task What_is_left_out_stays_even_when_two_devices_choose_at_once()
    {
        var client = system.ClientOf("notifications", Guid.NewGuid());

        var answers = await Task.WhenAll(
            client.SendJsonAsync(HttpMethod.Put, Path, """{"smsNotifications":true}"""),
            client.SendJsonAsync(HttpMethod.Put, Path, """{"promotionalOffers":false}"""),
            client.SendJsonAsync(HttpMethod.Put, Path, """{"orderUpdates":true}"""));

        Assert.All(answers, answer => Assert.True(answer.IsSuccessStatusCode));
        var data = await client.GetDataAsync(Path);
        Assert.True(data.GetProperty("smsNotifications").GetBoolean());
        Assert.False(data.GetProperty("promotions").GetBoolean());
        Assert.True(data.GetProperty("emailNotifications").GetBoolean());
    }

    [Theory]
    [InlineData("""{"smsNotifications":"yes"}""")]
    [InlineData("""{"smsNotifications":1}""")]
    [InlineData("""{"unknown":true}""")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{")]
    [InlineData("")]
    public async Task A_wrong_body_is_refused(string body)
    {
        var client = system.ClientOf("notifications", Guid.NewGuid());

        await (await client.SendJsonAsync(HttpMethod.Put, Path, body)).AssertRefusedAsync(400, "VALIDATION_ERROR");
    }

    [Fact]
    public async Task Who_wants_no_order_news_still_gets_the_code_by_text()
    {
        var story = new Story(system);
        var client = system.ClientOf("notifications", story.CustomerId);
        await client.SendJsonAsync(HttpMethod.Put, Path, """{"orderUpdates":false,"driverUpdates":false}""");

        await system.Service.DeliverAsync(story.Released());
        await system.Service.DeliverAsync(story.PickedUp());

        Assert.Contains("4711", (await system.FirstSentToAsync(story.Phone)).Text("text"), StringComparison.Ordinal);
        await Eventually.AsTrue(
            () => system.Service.WithDbAsync(db => db.Notifications.AnyAsync(row => row.UserId == story.OwnerId)), "the order was handled");
        var kinds = await system.Service.WithDbAsync(db =>
            db.Notifications.Where(row => row.UserId == story.CustomerId).Select(row => row.Kind).ToListAsync());
        Assert.Equal([NotificationKind.OrderPickedUp.Name], kinds);
        Assert.Empty(await system.SentToAsync(story.Email));
    }

    [Fact]
    public async Task Who_wants_texts_is_told_of_the_confirmation()
    {
        var story = new Story(system, language: "en");
        await system.ClientOf("notifications", story.CustomerId).SendJsonAsync(HttpMethod.Put, Path, """{"smsNotifications":true}""");

        await system.Service.DeliverAsync(story.Confirmed());

        var sms = await system.FirstSentToAsync(story.Phone);
        Assert.Equal($"EatFast: the restaurant accepted order {story.Number}. Preparation takes about 20 min.", sms.Text("text"));
    }

    [Fact]
    public async Task The_language_of_the_account_is_kept()
    {
        var story = new Story(system, language: "en");
        await using var listener = await Listener.OpenAsync(system, story.CustomerId);

        await system.Service.DeliverAsync(new UserRegistered(story.CustomerId, "customer", "en", system.Clock.GetUtcNow()), times: 2);

        Assert.Equal("Welcome to EatFast", (await listener.HearAsync("user:notification")).Text("title"));
        var mail = await system.FirstSentToAsync(story.Email);
        Assert.Equal("Welcome to EatFast", mail.Text("subject"));
        Assert.StartsWith("Hello Amina,", mail.Text("text"), StringComparison.Ordinal);
        Assert.Single(listener.Heard("user:notification"));
    }
}
