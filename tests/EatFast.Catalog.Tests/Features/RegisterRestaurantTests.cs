using System.Net;
using System.Text.Json.Nodes;
using EatFast.Catalog.Contracts;
using EatFast.Security;

namespace EatFast.Catalog.Tests.Features;

public sealed class RegisterRestaurantTests(CatalogSystem system)
{
    [Fact]
    public async Task A_new_restaurant_is_hidden_until_an_admin_approves_it()
    {
        var admin = system.Admin();
        var created = await (await admin.SendAsync("POST", "/admin/restaurants", Body())).DataAsync();
        var id = created.GetProperty("id").GetGuid();
        Assert.Equal("pending", created.GetProperty("status").GetString());
        Assert.Equal(12.5m, created.GetProperty("commissionRate").GetDecimal());
        using var hidden = await system.Public.SendAsync("GET", $"/restaurants/{id}");
        await hidden.IsRefusedAsync(HttpStatusCode.NotFound, "RESTAURANT_NOT_FOUND");

        var approved = await (await admin.SendAsync("PUT", $"/admin/restaurants/{id}/validate", """{"approved":true}""")).DataAsync();

        Assert.Equal("active", approved.GetProperty("status").GetString());
        Assert.Equal("Le Foyer", (await system.GetDataAsync($"/api/v1/restaurants/{id}")).GetProperty("name").GetString());
        Assert.Equal(["pending", "active"], (await ChangesOf(id)).Select(change => change.Status));
        Assert.Equal(["restaurant.registered", "restaurant.approved"], await ActionsOn(id));
    }

    [Fact]
    public async Task A_refused_restaurant_stays_hidden_and_is_not_reviewed_again()
    {
        var admin = system.Admin();
        var id = (await (await admin.SendAsync("POST", "/admin/restaurants", Body())).DataAsync()).GetProperty("id").GetGuid();

        using var silent = await admin.SendAsync("PUT", $"/admin/restaurants/{id}/validate", """{"approved":false}""");
        using var refused = await admin.SendAsync("PUT", $"/admin/restaurants/{id}/validate", """{"approved":false,"reason":"Dossier incomplet"}""");
        using var again = await admin.SendAsync("PUT", $"/admin/restaurants/{id}/validate", """{"approved":true}""");

        await silent.IsRefusedAsync(HttpStatusCode.BadRequest, "VALIDATION_ERROR");
        Assert.Equal("inactive", (await refused.DataAsync()).GetProperty("status").GetString());
        await again.IsRefusedAsync(HttpStatusCode.Conflict, "RESTAURANT_ALREADY_REVIEWED");
    }

    [Theory]
    [InlineData("name", "")]
    [InlineData("phone", "677 00 00 00")]
    [InlineData("cuisineType", "Fast Food")]
    [InlineData("commissionRate", 51)]
    [InlineData("minimumOrder", -1)]
    [InlineData("email", "nobody")]
    public async Task A_wrong_value_is_refused_by_name(string member, object value)
    {
        var body = JsonNode.Parse(Body())!;
        body[member] = JsonValue.Create(value);

        using var answer = await system.Admin().SendAsync("POST", "/admin/restaurants", body.ToJsonString());

        var problem = await answer.IsRefusedAsync(HttpStatusCode.BadRequest, "VALIDATION_ERROR");
        Assert.True(problem.GetProperty("field_errors").TryGetProperty(member, out _));
    }

    [Fact]
    public async Task Only_a_restaurant_owner_can_own_one_and_only_admins_register()
    {
        var stranger = JsonNode.Parse(Body())!;
        stranger["ownerId"] = Guid.NewGuid();

        using var unknown = await system.Admin().SendAsync("POST", "/admin/restaurants", stranger.ToJsonString());
        using var customer = await system.SignedIn(Guid.NewGuid(), Roles.Customer).SendAsync("POST", "/admin/restaurants", Body());
        using var owner = await system.SignedIn(Guid.NewGuid()).SendAsync("POST", "/admin/restaurants", Body());

        await unknown.IsRefusedAsync(HttpStatusCode.UnprocessableEntity, "RESTAURANT_OWNER_UNKNOWN");
        Assert.Equal(HttpStatusCode.Forbidden, customer.StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, owner.StatusCode);
    }

    [Fact]
    public async Task Admins_list_set_the_commission_and_suspend()
    {
        var kitchen = await system.OpenKitchenAsync();
        var admin = system.Admin();

        var listed = await (await admin.SendAsync("GET", $"/admin/restaurants?city={kitchen.Restaurant.City}&status=active")).DataAsync();
        var charged = await (await admin.SendAsync("PUT", $"/admin/restaurants/{kitchen.Id}/commission", """{"commissionRate":9.5}""")).DataAsync();
        using var suspended = await admin.SendAsync("PATCH", $"/admin/restaurants/{kitchen.Id}/status", """{"status":"suspended","reason":"Hygiène"}""");
        using var unknown = await admin.SendAsync("GET", $"/admin/restaurants/{Guid.NewGuid()}");

        Assert.Equal(kitchen.Id, listed.GetProperty("restaurants")[0].GetProperty("id").GetGuid());
        Assert.Equal(9.5m, charged.GetProperty("commissionRate").GetDecimal());
        Assert.Equal(["restaurant.commission_changed", "restaurant.suspended"], await ActionsOn(kitchen.Id));
        Assert.Equal("Hygiène", (await suspended.DataAsync()).GetProperty("statusReason").GetString());
        using var hidden = await system.Public.SendAsync("GET", $"/restaurants/{kitchen.Id}");
        Assert.Equal(HttpStatusCode.NotFound, hidden.StatusCode);
        await unknown.IsRefusedAsync(HttpStatusCode.NotFound, "RESTAURANT_NOT_FOUND");
    }

    private async Task<IEnumerable<string>> ActionsOn(Guid id) =>
        (await system.Catalog.AnnouncedAsync<ActionRecorded>()).Where(done => done.SubjectId == id).Select(done => done.Action);

    private async Task<IEnumerable<RestaurantChanged>> ChangesOf(Guid id) =>
        (await system.Catalog.AnnouncedAsync<RestaurantChanged>()).Where(change => change.RestaurantId == id);

    private string Body()
    {
        var owner = Guid.NewGuid();
        system.Identity.Roles[owner] = Roles.RestaurantOwner;
        return $$"""
            {"name":"Le Foyer","ownerId":"{{owner}}","cuisineType":"african","phone":"+237699112233","commissionRate":12.5,"deliveryFee":700,
             "address":{"street":"Rue 1","city":"Mbanga","coordinates":{"latitude":4.05,"longitude":9.7} } }
            """;
    }
}
