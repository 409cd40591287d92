using System.Text.Json;
using EatFast.Identity.Features;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Identity.Tests.Features;

public sealed class NewsletterTests(IdentitySystem system)
{
    private const string Path = "/api/v1/public/newsletter";
    private const string Admin = "/api/v1/admin/newsletter";
    private readonly string _email = $"leser{Guid.NewGuid():N}@example.cm";

    [Fact]
    public async Task Who_confirms_by_the_mail_gets_the_newsletter_and_ends_it_by_the_same_mail()
    {
        var (admin, city) = (await system.AnAdminAsync(), $"ville{Guid.NewGuid():N}");
        await AskAsync(new { email = _email.ToUpperInvariant(), firstName = "Awa", interests = "Promotions promotions".Split(' '), city, language = "en", source = "app" });
        Assert.Equal("pending", Text(await OneAsync(admin, city), "status"));

        var letter = await MailAsync();
        var confirmed = await (await system.PostAsync($"{Path}/confirm", new { token = letter.Values["token"] })).DataAsync();

        var shown = await OneAsync(admin, city);
        Assert.Equal(("newsletter.confirm", "en", "subscribed"), (letter.Kind, letter.Language, Text(confirmed, "status")));
        Assert.Equal((_email, "subscribed"), (Text(shown, "email"), Text(shown, "status")));
        Assert.Equal("promotions", Assert.Single(shown.GetProperty("interests").EnumerateArray()).GetString());
        var counts = (await system.GetAsync(Admin, admin.AccessToken)).GetProperty("counts");
        Assert.Equal(1, counts.GetProperty("byCity").GetProperty(city).GetInt32());
        Assert.True(counts.GetProperty("byLanguage").GetProperty("en").GetInt32() >= 1);

        for (var time = 0; time < 2; time++)
            await EndAsync($"{Path}/unsubscribe/{letter.Values["token"]}", new { reason = "x" });
        Assert.Empty((await system.GetAsync($"{Admin}?city={city}", admin.AccessToken)).GetProperty("subscribers").EnumerateArray());
        await (await system.PostAsync($"{Path}/confirm", new { token = letter.Values["token"] })).RefusedAsync(400, "NEWSLETTER_TOKEN_INVALID");
    }

    [Fact]
    public async Task Whether_an_address_is_known_is_never_told()
    {
        var first = await AskAsync(new { email = _email });
        var twice = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => AskAsync(new { email = _email })));
        var letter = await MailAsync();
        await (await system.PostAsync($"{Path}/confirm", new { token = letter.Values["token"] })).DataAsync();
        system.Clock.Advance(TimeSpan.FromHours(2));
        var known = await AskAsync(new { email = _email, firstName = "Somebody else" });

        Assert.All(twice.Append(known), answer => Assert.True(JsonElement.DeepEquals(first, answer)));
        // One mail asked; nobody is asked again, and a stranger changes nothing.
        await MailAsync();
        Assert.True(JsonElement.DeepEquals(
            await EndAsync($"{Path}/unsubscribe", new { email = _email }), await EndAsync($"{Path}/unsubscribe", new { email = $"x{_email}" })));
        await EndAsync($"{Path}/unsubscribe", new { token = "no-such-token" });
    }

    [Fact]
    public async Task Who_ended_it_leaves_nothing_readable_and_may_come_back_by_another_mail()
    {
        await AskAsync(new { email = _email });
        await EndAsync($"{Path}/unsubscribe", new { email = $" {_email.ToUpperInvariant()}" });
        var row = await system.Identity.WithDbAsync(db => db.Subscriptions.AsNoTracking().SingleAsync(row => row.EmailIndex == TestVault.Create().EmailIndex(_email)));
        Assert.Equal(("unsubscribed", "", null), (row.Status, row.DataKey, row.SealedContent));

        await AskAsync(new { email = _email });
        await MailAsync();
        system.Clock.Advance(TimeSpan.FromHours(2));
        await AskAsync(new { email = _email });

        var letters = await Letter.AboutAsync(system, _email);
        Assert.Equal(2, letters.Count);
        await (await system.PostAsync($"{Path}/confirm", new { token = letters[0].Values["token"] })).RefusedAsync(400, "NEWSLETTER_TOKEN_INVALID");
        await (await system.PostAsync($"{Path}/confirm", new { token = letters[1].Values["token"] })).DataAsync();
    }

    [Fact]
    public async Task Who_never_confirms_is_forgotten_after_a_month()
    {
        var index = TestVault.Create().EmailIndex(_email);
        await AskAsync(new { email = _email });
        system.Clock.Advance(TimeSpan.FromDays(31));

        await system.RunAsync<ForgetOldSubmissions>();

        Assert.False(await system.Identity.WithDbAsync(db => db.Subscriptions.AnyAsync(row => row.EmailIndex == index)));
    }

    [Fact]
    public async Task The_websites_form_names_its_topics_as_preferences()
    {
        var (admin, city) = (await system.AnAdminAsync(), $"ville{Guid.NewGuid():N}");

        await AskAsync(new { email = _email, name = "Awa", source = "website_footer", city, preferences = new { promotions = true, news = false } });

        var shown = await OneAsync(admin, city);
        Assert.Equal(("Awa", "promotions"), (Text(shown, "firstName"), Assert.Single(shown.GetProperty("interests").EnumerateArray()).GetString()));
    }

    [Theory]
    [InlineData("", """{"firstName":"Awa"}""")]
    [InlineData("", """{"email":"no-address"}""")]
    [InlineData("", """{"email":"a@example.cm","language":"de"}""")]
    [InlineData("", """{"email":"a@example.cm","interests":[" "]}""")]
    [InlineData("", """{"email":"a@example.cm","interests":"promotions"}""")]
    [InlineData("/confirm", "{}")]
    [InlineData("/unsubscribe", "{}")]
    [InlineData("/unsubscribe", """{"email":"a@example.cm","token":"x"}""")]
    public async Task A_wrong_wish_is_refused(string path, string body) =>
        await (await system.PostAsync($"{Path}{path}", JsonSerializer.Deserialize<object>(body)!)).RefusedAsync(400, "VALIDATION_ERROR");

    [Fact]
    public async Task Only_administrators_see_who_reads_it()
    {
        var someone = await system.RegisterAsync();

        await (await system.SendAsync(HttpMethod.Get, Admin)).RefusedAsync(401, "MISSING_TOKEN");
        await (await system.SendAsync(HttpMethod.Get, Admin, token: someone.AccessToken)).RefusedAsync(403, "INSUFFICIENT_PERMISSIONS");
    }

    private async Task<JsonElement> AskAsync(object body) => await (await system.PostAsync(Path, body)).DataAsync();

    private async Task<JsonElement> EndAsync(string path, object body)
    {
        var ended = await (await system.PostAsync(path, body)).DataAsync();
        Assert.Equal("unsubscribed", Text(ended, "status"));
        return ended;
    }

    private async Task<Letter> MailAsync() => Assert.Single(await Letter.AboutAsync(system, _email));

    private async Task<JsonElement> OneAsync(SignedIn admin, string city) =>
        Assert.Single((await system.GetAsync($"{Admin}?city={city}", admin.AccessToken)).GetProperty("subscribers").EnumerateArray());

    private static string? Text(JsonElement data, string member) => data.GetProperty(member).GetString();
}
