using System.Net;
using EatFast.Testing;

namespace EatFast.Notifications.Tests.Features;

public sealed class NotificationListTests(NotificationsSystem system)
{
    private const string Path = "/api/v1/notifications";

    private async Task<(Story Story, HttpClient Client)> CustomerWithNewsAsync()
    {
        var story = new Story(system);
        await system.Service.DeliverAsync(story.Placed());
        await system.Service.DeliverAsync(story.Preparing());
        var client = system.ClientOf("notifications", story.CustomerId);
        await Eventually.AsTrue(
            async () => (await client.GetDataAsync(Path)).GetProperty("notifications").GetArrayLength() == 2,
            "both notifications are there");
        return (story, client);
    }

    [Theory]
    [InlineData("")]
    [InlineData("/history")]
    public async Task News_are_listed_newest_first_under_both_spellings(string alias)
    {
        var (story, client) = await CustomerWithNewsAsync();

        var data = await client.GetDataAsync($"{Path}{alias}?page=1&limit=1");

        var newest = Assert.Single(data.GetProperty("notifications").EnumerateArray());
        Assert.Equal($"Commande {story.Number} en préparation", newest.Text("title"));
        Assert.Equal("La cuisine prépare votre commande.", newest.Text("body"));
        Assert.Equal((newest.Text("body"), newest.Text("createdAt")), (newest.Text("message"), newest.Text("timestamp")));
        Assert.Equal(("orderUpdate", story.OrderId.ToString()), (newest.Text("type"), newest.Text("orderId")));
        Assert.Equal((false, false), (newest.GetProperty("isRead").GetBoolean(), newest.GetProperty("read").GetBoolean()));
        Assert.Equal(2, data.GetProperty("pagination").GetProperty("totalPages").GetInt32());
        Assert.Equal(2, data.GetProperty("unreadCount").GetInt32());
    }

    [Fact]
    public async Task The_sentences_are_in_the_language_of_the_reader()
    {
        var (story, client) = await CustomerWithNewsAsync();
        client.DefaultRequestHeaders.AcceptLanguage.ParseAdd("en");

        var data = await client.GetDataAsync(Path);

        Assert.Equal($"Order {story.Number} in preparation", data.GetProperty("notifications")[0].Text("title"));
    }

    [Theory]
    [InlineData("PUT")]
    [InlineData("PATCH")]
    public async Task One_is_read(string method)
    {
        var (_, client) = await CustomerWithNewsAsync();
        var id = (await client.GetDataAsync(Path)).GetProperty("notifications")[0].Text("id");

        var read = await (await client.SendJsonAsync(new HttpMethod(method), $"{Path}/{id}/read")).DataAsync();

        Assert.True(read.GetProperty("isRead").GetBoolean());
        Assert.Equal(1, (await client.GetDataAsync(Path)).GetProperty("unreadCount").GetInt32());
    }

    [Fact]
    public async Task All_are_read_at_once()
    {
        var (_, client) = await CustomerWithNewsAsync();

        var first = await (await client.SendJsonAsync(HttpMethod.Put, $"{Path}/read-all")).DataAsync();
        var second = await (await client.SendJsonAsync(HttpMethod.Put, $"{Path}/read-all")).DataAsync();

        Assert.Equal((2, 0), (first.GetProperty("updated").GetInt32(), second.GetProperty("updated").GetInt32()));
    }

    [Fact]
    public async Task One_is_deleted_once()
    {
        var (_, client) = await CustomerWithNewsAsync();
        var id = (await client.GetDataAsync(Path)).GetProperty("notifications")[0].Text("id");

        await (await client.SendJsonAsync(HttpMethod.Delete, $"{Path}/{id}")).DataAsync();

        await (await client.SendJsonAsync(HttpMethod.Delete, $"{Path}/{id}")).AssertRefusedAsync(404, "NOTIFICATION_NOT_FOUND");
        Assert.Equal(1, (await client.GetDataAsync(Path)).GetProperty("pagination").GetProperty("total").GetInt32());
    }

    [Fact]
    public async Task Another_users_are_not_there()
    {
        var (_, client) = await CustomerWithNewsAsync();
        var id = (await client.GetDataAsync(Path)).GetProperty("notifications")[0].Text("id");
        var stranger = system.ClientOf("notifications", Guid.NewGuid());

        await (await stranger.SendJsonAsync(HttpMethod.Put, $"{Path}/{id}/read")).AssertRefusedAsync(404, "NOTIFICATION_NOT_FOUND");
        await (await stranger.SendJsonAsync(HttpMethod.Delete, $"{Path}/{id}")).AssertRefusedAsync(404, "NOTIFICATION_NOT_FOUND");
        Assert.Equal(0, (await stranger.GetDataAsync(Path)).GetProperty("notifications").GetArrayLength());
        Assert.Equal(2, (await client.GetDataAsync(Path)).GetProperty("pagination").GetProperty("total").GetInt32());
    }

    [Theory]
    [InlineData("?page=0")]
    [InlineData("?limit=101")]
    [InlineData("?page=99999999999999999999")]
    [InlineData("?limit=many")]
    public async Task A_wrong_page_is_refused(string query)
    {
        var client = system.ClientOf("notifications", Guid.NewGuid());

        await (await client.SendJsonAsync(HttpMethod.Get, Path + query)).AssertRefusedAsync(400, "VALIDATION_ERROR");
    }

    [Fact]
    public async Task Without_a_token_there_is_nothing()
    {
        var answer = await system.ClientOf("notifications").SendJsonAsync(HttpMethod.Get, Path);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }
}
