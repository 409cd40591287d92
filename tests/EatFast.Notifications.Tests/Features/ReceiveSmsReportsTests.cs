using EatFast.Notifications.Clients;
using EatFast.Notifications.Domain;
using EatFast.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace EatFast.Notifications.Tests.Features;

public sealed class ReceiveSmsReportsTests(NotificationsSystem system)
{
    private string Path => new Uri(system.Service.Services.GetRequiredService<InfobipOptions>().ReportUrl).AbsolutePath;

    private Task<HttpResponseMessage> ReportAsync(string body, string? path = null) =>
        system.ClientOf("notifications").SendJsonAsync(HttpMethod.Post, path ?? Path, body);

    [Fact]
    public async Task Another_token_finds_nothing() =>
        await (await ReportAsync("""{"results":[]}""", "/api/v1/webhooks/infobip/guess")).AssertRefusedAsync(404, "NOT_FOUND");

    [Fact]
    public async Task Unknown_ids_and_passing_states_have_no_effect()
    {
        var unknown = $$"""{"messageId":"{{Guid.NewGuid()}}","status":{"groupId":3,"id":5} }""";
        var body = $$"""{"results":[{{unknown}},{"messageId":"x"},{"to":"1"},null]}""";

        Assert.Equal(0, (await (await ReportAsync(body)).DataAsync()).GetProperty("updated").GetInt32());
    }

    [Fact]
    public async Task What_was_delivered_stays_delivered()
    {
        var story = new Story(system);
        await system.Service.DeliverAsync(story.Cancelled());
        await Eventually.AsTrue(async () => (await MessageAsync(story)).Status == MessageStatus.Delivered, "the text was delivered");
        var id = (await MessageAsync(story)).Id;

        await ReportAsync($$$"""{"results":[{"messageId":"{{{id}}}","status":{"groupId":2,"name":"UNDELIVERABLE_NOT_DELIVERED"}}]}""");

        Assert.Equal(MessageStatus.Delivered, (await MessageAsync(story)).Status);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"results":null}""")]
    [InlineData("""{"results":"x"}""")]
    [InlineData("""{"results":[{"messageId":5}]}""")]
    [InlineData("[]")]
    [InlineData("")]
    public async Task A_wrong_body_is_refused(string body) => await (await ReportAsync(body)).AssertRefusedAsync(400, "VALIDATION_ERROR");

    private Task<OutgoingMessage> MessageAsync(Story story) =>
        Eventually.Value(() => system.Service.WithDbAsync(db =>
            db.Messages.AsNoTracking().SingleOrDefaultAsync(row => row.UserId == story.CustomerId)), "a message is there");
}
