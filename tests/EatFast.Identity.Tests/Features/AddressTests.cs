using System.Text.Json;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Identity.Tests.Features;

public sealed class AddressTests(IdentitySystem system)
{
    private const string Path = "/api/v1/users/addresses";

    [Fact]
    public async Task An_address_is_kept_under_both_spellings_and_the_first_is_the_default()
    {
        var someone = await system.RegisterAsync();

        var created = await AddAsync(someone, new { label = "Maison", address = " Rue 1.234 ", city = "douala", latitude = 4.05, longitude = 9.7, instructions = "Portail bleu" });

        Assert.Equal("Rue 1.234", created.GetProperty("streetAddress").GetString());
        Assert.Equal("Portail bleu", created.GetProperty("deliveryInstructions").GetString());
        Assert.True(created.GetProperty("isDefault").GetBoolean());
        var listed = Assert.Single((await ListAsync(someone)).EnumerateArray());
        Assert.True(JsonElement.DeepEquals(listed, await system.GetAsync($"{Path}/{IdOf(created)}", someone.AccessToken)));
    }

    [Fact]
    public async Task Exactly_one_address_is_the_default_also_when_many_are_chosen_at_once()
    {
        var someone = await system.RegisterAsync();
        var ids = new List<Guid>();
        for (var number = 0; number < 4; number++)
            ids.Add(IdOf(await AddAsync(someone, new { street = $"Rue {number}" })));

        var answers = await Task.WhenAll(ids.Select(id => system.SendAsync(HttpMethod.Put, $"{Path}/{id}/default", null, someone.AccessToken)));

        Assert.All(answers, answer => Assert.True(answer.IsSuccessStatusCode));
        Assert.Single((await ListAsync(someone)).EnumerateArray(), address => address.GetProperty("isDefault").GetBoolean());
    }

    [Fact]
    public async Task When_the_default_goes_the_newest_takes_its_place()
    {
        var someone = await system.RegisterAsync();
        var first = IdOf(await AddAsync(someone, new { street = "Rue 1" }));
        await AddAsync(someone, new { street = "Rue 2" });
        system.Clock.Advance(TimeSpan.FromSeconds(1));
        var newest = IdOf(await AddAsync(someone, new { street = "Rue 3" }));

        await system.ReadAsync(HttpMethod.Delete, $"{Path}/{first}", null, someone.AccessToken);

        var rest = (await ListAsync(someone)).EnumerateArray().ToList();
        Assert.Equal(2, rest.Count);
        Assert.Equal(newest, IdOf(rest.Single(address => address.GetProperty("isDefault").GetBoolean())));
    }

    [Fact]
    public async Task Somebody_elses_address_is_not_there()
    {
        var id = IdOf(await AddAsync(await system.RegisterAsync(), new { street = "Rue 1" }));
        var stranger = await system.RegisterAsync();

        await (await system.SendAsync(HttpMethod.Get, $"{Path}/{id}", null, stranger.AccessToken)).RefusedAsync(404, "ADDRESS_NOT_FOUND");
        await (await system.SendAsync(HttpMethod.Put, $"{Path}/{id}", new { street = "X" }, stranger.AccessToken)).RefusedAsync(404, "ADDRESS_NOT_FOUND");
        await (await system.SendAsync(HttpMethod.Put, $"{Path}/{id}/default", null, stranger.AccessToken)).RefusedAsync(404, "ADDRESS_NOT_FOUND");
        await (await system.SendAsync(HttpMethod.Delete, $"{Path}/{id}", null, stranger.AccessToken)).RefusedAsync(404, "ADDRESS_NOT_FOUND");
        await (await system.SendAsync(HttpMethod.Get, Path)).RefusedAsync(401, "MISSING_TOKEN");
    }

    [Theory]
    [InlineData("""{}""")]
    [InlineData("""{"street":"  "}""")]
    [InlineData("""{"street":"Rue","latitude":91,"longitude":0}""")]
    [InlineData("""{"street":"Rue","latitude":4}""")]
    [InlineData("""{"street":"Rue\nNord"}""")]
    [InlineData("""{"street":"Rue","userId":"0192f6a0-0000-7000-8000-000000000001"}""")]
    public async Task A_wrong_address_is_refused(string body)
    {
        var someone = await system.RegisterAsync();

        await (await system.PostAsync(Path, JsonSerializer.Deserialize<object>(body)!, someone.AccessToken)).RefusedAsync(400, "VALIDATION_ERROR");
    }

    [Fact]
    public async Task Twenty_addresses_are_the_most_and_a_replaced_one_is_replaced_whole()
    {
        var someone = await system.RegisterAsync();
        var id = IdOf(await AddAsync(someone, new { street = "Rue 0", landmark = "Carrefour" }));
        var many = await Task.WhenAll(Enumerable.Range(1, 22).Select(number => system.PostAsync(Path, new { street = $"Rue {number}" }, someone.AccessToken)));

        var changed = await system.ReadAsync(HttpMethod.Put, $"{Path}/{id}", new { street = "Rue Neuve" }, someone.AccessToken);

        Assert.Equal(19, many.Count(answer => answer.IsSuccessStatusCode));
        Assert.Equal(("Rue Neuve", JsonValueKind.Null), (changed.GetProperty("street").GetString(), changed.GetProperty("landmark").ValueKind));
    }

    [Fact]
    public async Task Nothing_of_an_address_rests_readable()
    {
        var someone = await system.RegisterAsync();
        await AddAsync(someone, new { street = "Rue-Kanari-77", latitude = 4.123456, longitude = 9.654321 });

        var rows = await system.Identity.WithDbAsync(db => db.Addresses.AsNoTracking().Where(address => address.UserId == someone.UserId).ToListAsync());

        Assert.DoesNotContain("Kanari", JsonSerializer.Serialize(rows), StringComparison.Ordinal);
        Assert.DoesNotContain("4.123456", JsonSerializer.Serialize(rows), StringComparison.Ordinal);
    }

    private async Task<JsonElement> AddAsync(SignedIn someone, object body) => await (await system.PostAsync(Path, body, someone.AccessToken)).DataAsync();

    private async Task<JsonElement> ListAsync(SignedIn someone) => (await system.GetAsync(Path, someone.AccessToken)).GetProperty("addresses");

    private static Guid IdOf(JsonElement address) => address.GetProperty("id").GetGuid();
}
