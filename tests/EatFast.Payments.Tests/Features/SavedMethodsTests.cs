using System.Text.Json;
using EatFast.Identity.Contracts;

namespace EatFast.Payments.Tests.Features;

/// <summary>Numbers that a customer saved: whole for their owner, absent for others, and gone with the person.</summary>
public sealed class SavedMethodsTests(PaymentsSystem system)
{
    private readonly Guid _customer = Guid.NewGuid();

    [Fact]
    public async Task A_number_is_saved_once_listed_and_removed_by_its_owner_alone()
    {
        var phone = system.APhone();

        var saved = await system.SendAsync(_customer, "payments/methods", new { type = "mtn", phone, label = "mine" });
        var again = await system.SendAsync(_customer, "payments/methods", new { type = "campay", phoneNumber = $"+{phone}" });
        var listed = await ListAsync(_customer);
        var id = (await saved.DataAsync()).GetProperty("id").GetGuid();
        var stranger = await system.SendAsync(Guid.NewGuid(), $"payments/methods/{id}", method: HttpMethod.Delete);
        var removed = await system.SendAsync(_customer, $"payments/methods/{id}", method: HttpMethod.Delete);

        Assert.Equal((201, 201, id), ((int)saved.StatusCode, (int)again.StatusCode, (await again.DataAsync()).GetProperty("id").GetGuid()));
        Assert.Equal(("campay", "mtn", $"+{phone}", "mine"), (
            Text(Assert.Single(listed), "type"), Text(listed[0], "operator"), Text(listed[0], "phone"), Text(listed[0], "label")));
        Assert.Equal((404, "SAVED_METHOD_NOT_FOUND", 204), ((int)stranger.StatusCode, await stranger.CodeAsync(), (int)removed.StatusCode));
        Assert.Empty(await ListAsync(_customer));
    }

    [Fact]
    public async Task Cards_wrong_numbers_and_an_eleventh_one_are_refused()
    {
        for (var number = 0; number < 10; number++)
            await system.SendAsync(_customer, "payments/methods", new { phone = system.APhone() });

        var card = await system.SendAsync(_customer, "payments/methods", new { type = "card", phone = system.APhone() });
        var wrong = await system.SendAsync(_customer, "payments/methods", new { phone = "12" });
        var nobodys = await system.SendAsync(_customer, "payments/methods", new { phone = "237660000000" });
        var full = await system.SendAsync(_customer, "payments/methods", new { phone = system.APhone() });

        Assert.Equal((400, 400), ((int)card.StatusCode, (int)wrong.StatusCode));
        Assert.Equal(("PHONE_OPERATOR_UNSUPPORTED", "SAVED_METHODS_FULL"), (await nobodys.CodeAsync(), await full.CodeAsync()));
    }

    [Fact]
    public async Task They_go_with_the_person()
    {
        await system.SendAsync(_customer, "payments/methods", new { phone = system.APhone() });

        await system.Payments.DeliverAsync(new UserErased(_customer, system.Clock.GetUtcNow()), times: 2);

        Assert.Empty(await ListAsync(_customer));
    }

    private async Task<List<JsonElement>> ListAsync(Guid userId) =>
        [.. (await (await system.SendAsync(userId, "payments/methods")).DataAsync()).GetProperty("savedMethods").EnumerateArray()];

    private static string? Text(JsonElement row, string name) => row.GetProperty(name).GetString();
}
