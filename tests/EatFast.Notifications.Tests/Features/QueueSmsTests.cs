using System.Text.Json;
using EatFast.Notifications.Domain;
using EatFast.Security;
using EatFast.Testing;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Notifications.Tests.Features;

public sealed class QueueSmsTests(NotificationsSystem system)
{
    private const string Path = "/api/v1/notifications/sms";

    private HttpClient Admin() => system.ClientOf("notifications", Guid.NewGuid(), Roles.Admin);

    [Fact]
    public async Task An_operator_texts_a_number_once_though_the_request_is_repeated()
    {
        var admin = Admin();
        var phone = $"+23767{Random.Shared.Next(1_000_000, 9_999_999)}";
        var body = JsonSerializer.Serialize(new { phone = phone[4..], message = "Votre livreur attend devant la porte." });

        var first = await admin.SendJsonAsync(HttpMethod.Post, Path, body);
        var second = await admin.SendJsonAsync(HttpMethod.Post, Path, body);

        Assert.Equal(202, (int)first.StatusCode);
        Assert.Equal((await first.DataAsync()).Text("id"), (await second.DataAsync()).Text("id"));
        Assert.Equal("Votre livreur attend devant la porte.", (await system.FirstSentToAsync(phone)).Text("text"));
        Assert.Single(await system.SentToAsync(phone));
    }

    [Fact]
    public async Task Words_and_number_are_sealed_and_erased_when_sent()
    {
        var story = new Story(system);
        var body = $$"""{"userId":"{{story.CustomerId}}","message":"Un secret"}""";

        var id = Guid.Parse((await (await Admin().SendJsonAsync(HttpMethod.Post, Path, body)).DataAsync()).Text("id")!);

        Assert.Equal("Un secret", (await system.FirstSentToAsync(story.Phone)).Text("text"));
        await Eventually.AsTrue(
            () => system.Service.WithDbAsync(db =>
                db.Messages.AnyAsync(row => row.Id == id && row.Status != MessageStatus.Queued && row.SealedText == null)),
            "the words were erased");
    }

    [Fact]
    public async Task An_unknown_user_is_refused() =>
        await (await Admin().SendJsonAsync(HttpMethod.Post, Path, $$"""{"userId":"{{Guid.NewGuid()}}","message":"Bonjour"}"""))
            .AssertRefusedAsync(404, "USER_NOT_FOUND");

    [Fact]
    public async Task A_user_without_a_number_is_refused()
    {
        var story = new Story(system, phone: "");

        var answer = await Admin().SendJsonAsync(HttpMethod.Post, Path, $$"""{"userId":"{{story.CustomerId}}","message":"Bonjour"}""");

        await answer.AssertRefusedAsync(422, "PHONE_MISSING");
    }

    [Theory]
    [InlineData(Roles.Customer)]
    [InlineData(Roles.RestaurantOwner)]
    [InlineData(Roles.DeliveryAgent)]
    public async Task Only_an_admin_may(string role) =>
        await (await system.ClientOf("notifications", Guid.NewGuid(), role)
            .SendJsonAsync(HttpMethod.Post, Path, """{"phone":"+237677000001","message":"Bonjour"}"""))
            .AssertRefusedAsync(403, "INSUFFICIENT_PERMISSIONS");

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"message":"Bonjour"}""")]
    [InlineData("""{"phone":"+237677000001"}""")]
    [InlineData("""{"phone":"+237677000001","message":""}""")]
    [InlineData("""{"phone":"+237677000001","message":null}""")]
    [InlineData("""{"phone":"+237677000001","message":"nul \u0000 dedans"}""")]
    [InlineData("""{"phone":"12","message":"Bonjour"}""")]
    [InlineData("""{"phone":"letters","message":"Bonjour"}""")]
    [InlineData("""{"phone":"","message":"Bonjour"}""")]
    [InlineData("""{"phone":"+237677000001","userId":"01990000-0000-7000-8000-000000000005","message":"Bonjour"}""")]
    [InlineData("""{"userId":"00000000-0000-0000-0000-000000000000","message":"Bonjour"}""")]
    [InlineData("""{"userId":"nobody","message":"Bonjour"}""")]
    [InlineData("""{"phone":237677000001,"message":"Bonjour"}""")]
    [InlineData("""{"phone":"+237677000001","message":"Bonjour","to":"x"}""")]
    public async Task A_wrong_body_is_refused(string body) =>
        await (await Admin().SendJsonAsync(HttpMethod.Post, Path, body)).AssertRefusedAsync(400, "VALIDATION_ERROR");

    [Fact]
    public async Task A_text_longer_than_three_parts_is_refused()
    {
        var body = JsonSerializer.Serialize(new { phone = "+237677000001", message = new string('a', 460) });

        await (await Admin().SendJsonAsync(HttpMethod.Post, Path, body)).AssertRefusedAsync(400, "VALIDATION_ERROR");
    }
}
