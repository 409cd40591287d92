using System.Text.Json;
using EatFast.Identity.Features;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Identity.Tests.Features;

public sealed class PartnerApplicationTests(IdentitySystem system)
{
    private const string Path = "/api/v1/public/partner-applications";
    private const string Admin = "/api/v1/admin/partner-applications";
    private readonly string _email = $"tantine{Guid.NewGuid():N}@example.cm";

    [Fact]
    public async Task A_restaurant_applies_asks_how_far_it_is_and_is_told_the_decision()
    {
        var admin = await system.AnAdminAsync();
        var sent = await ApplyAsync(ARestaurant());
        var id = sent.GetProperty("id").GetGuid();
        Assert.Equal(("restaurant", "pending"), (Text(sent, "type"), Text(sent, "status")));

        await JudgeAsync(admin, id, "under_review");
        var rejected = await JudgeAsync(admin, id, "rejected", "Quartier non desservi");

        var status = await (await system.SendAsync(HttpMethod.Get, $"{Path}/{id}/status")).DataAsync();
        Assert.Equal(("rejected", "Quartier non desservi"), (Text(status, "status"), Text(status, "reason")));
        Assert.Equal(["createdAt", "decidedAt", "id", "reason", "status", "type", "updatedAt"], status.EnumerateObject().Select(member => member.Name).Order());
        Assert.Equal(("Chez Tantine", "+237677123456", "douala"), (Text(rejected, "businessName"), Text(rejected, "phone"), Text(rejected, "city")));
        Assert.Equal(["partner.under_review", "partner.rejected"], (await Letter.AboutAsync(system, _email)).ConvertAll(letter => letter.Kind));
        Assert.Equal(
            ["partner_application.status_changed", "partner_application.status_changed"], await system.ActionsOnAsync(id));
    }

    [Fact]
    public async Task The_same_application_again_is_one_and_the_same_decision_again_changes_nothing()
    {
        var admin = await system.AnAdminAsync();
        var ids = await Task.WhenAll(Enumerable.Range(0, 4).Select(async _ => (await ApplyAsync(ARestaurant())).GetProperty("id").GetGuid()));
        var id = Assert.Single(ids.Distinct());

        await JudgeAsync(admin, id, "approved");
        await JudgeAsync(admin, id, "approved");

        Assert.Single(await Letter.AboutAsync(system, _email));
        await (await SetAsync(admin, id, new { status = "rejected", reason = "Non" })).RefusedAsync(409, "APPLICATION_STATUS_NOT_POSSIBLE");
    }

    [Fact]
    public async Task The_websites_form_of_a_driver_is_understood_and_found_by_the_filters()
    {
        var (admin, city) = (await system.AnAdminAsync(), $"ville{Guid.NewGuid():N}");
        var form = new { partnerType = "delivery-agent", ownerName = "Etonde", email = _email, phone = "677123456", city, vehicleType = "moto", termsAccepted = true, photos = Array.Empty<string>() };

        var id = Text(await ApplyAsync(form), "id");

        var listed = Assert.Single((await system.GetAsync($"{Admin}?city={city}&type=driver&status=pending", admin.AccessToken)).GetProperty("applications").EnumerateArray());
        Assert.Equal((id, "driver", "moto", "Etonde"), (Text(listed, "id"), Text(listed, "type"), Text(listed, "vehicle"), Text(listed, "contactName")));
        Assert.True(JsonElement.DeepEquals(listed, await system.GetAsync($"{Admin}/{id}", admin.AccessToken)));
        Assert.Empty((await system.GetAsync($"{Admin}?city={city}&type=restaurant", admin.AccessToken)).GetProperty("applications").EnumerateArray());
    }

    [Theory]
    [InlineData("type", null)]
    [InlineData("type", "customer")]
    [InlineData("businessName", " ")]
    [InlineData("contactName", null)]
    [InlineData("email", "no-address")]
    [InlineData("phone", "12")]
    [InlineData("phone", null)]
    [InlineData("city", "")]
    public async Task A_wrong_application_is_refused_with_the_fields_name(string member, string? value)
    {
        var application = ARestaurant();
        application[member] = value;

        var refused = await (await system.PostAsync(Path, application)).RefusedAsync(400, "VALIDATION_ERROR");

        Assert.Contains(refused.GetProperty("errors").EnumerateArray(), error => Text(error, "field") == member);
    }

    [Fact]
    public async Task Only_administrators_review_them()
    {
        var (admin, someone) = (await system.AnAdminAsync(), await system.RegisterAsync());
        var id = (await ApplyAsync(ARestaurant())).GetProperty("id").GetGuid();
        var unknown = Guid.NewGuid();

        foreach (var path in new[] { Admin, $"{Admin}/{id}" })
        {
            await (await system.SendAsync(HttpMethod.Get, path)).RefusedAsync(401, "MISSING_TOKEN");
            await (await system.SendAsync(HttpMethod.Get, path, token: someone.AccessToken)).RefusedAsync(403, "INSUFFICIENT_PERMISSIONS");
        }
        await (await SetAsync(someone, id, new { status = "approved" })).RefusedAsync(403, "INSUFFICIENT_PERMISSIONS");
        await (await SetAsync(admin, id, new { status = "rejected" })).RefusedAsync(400, "VALIDATION_ERROR");
        await (await SetAsync(admin, id, new { status = "pending" })).RefusedAsync(400, "VALIDATION_ERROR");
        await (await SetAsync(admin, unknown, new { status = "approved" })).RefusedAsync(404, "APPLICATION_NOT_FOUND");
        await (await system.SendAsync(HttpMethod.Get, $"{Admin}/{unknown}", token: admin.AccessToken)).RefusedAsync(404, "APPLICATION_NOT_FOUND");
        await (await system.SendAsync(HttpMethod.Get, $"{Path}/{unknown}/status")).RefusedAsync(404, "APPLICATION_NOT_FOUND");
    }

    [Fact]
    public async Task Nothing_of_an_applicant_rests_readable_and_a_rejected_one_goes_after_a_year()
    {
        var admin = await system.AnAdminAsync();
        var id = (await ApplyAsync(ARestaurant())).GetProperty("id").GetGuid();
        var row = await system.Identity.WithDbAsync(db => db.PartnerApplications.AsNoTracking().SingleAsync(row => row.Id == id));
        Assert.DoesNotContain("antine", JsonSerializer.Serialize(row), StringComparison.Ordinal);
        await JudgeAsync(admin, id, "rejected", "Non");
        system.Clock.Advance(TimeSpan.FromDays(366));

        await system.RunAsync<ForgetOldSubmissions>();

        Assert.False(await system.Identity.WithDbAsync(db => db.PartnerApplications.AnyAsync(row => row.Id == id)));
    }

    private Dictionary<string, object?> ARestaurant() => new()
    {
        ["type"] = "restaurant",
        ["businessName"] = "Chez Tantine",
        ["contactName"] = "Awa Ngono",
        ["email"] = _email,
        ["phone"] = "677 12 34 56",
        ["city"] = "Douala",
        ["cuisine"] = "camerounaise"
    };

    private async Task<JsonElement> ApplyAsync(object body) => await (await system.PostAsync(Path, body)).DataAsync();

    private Task<HttpResponseMessage> SetAsync(SignedIn who, Guid id, object body) =>
        system.SendAsync(HttpMethod.Patch, $"{Admin}/{id}/status", body, who.AccessToken);

    private async Task<JsonElement> JudgeAsync(SignedIn admin, Guid id, string status, string? reason = null) =>
        await (await SetAsync(admin, id, new { status, reason })).DataAsync();

    private static string? Text(JsonElement data, string member) => data.GetProperty(member).GetString();
}
