using System.Text.Json;
using EatFast.Identity.Features;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Identity.Tests.Features;

public sealed class SendContactMessageTests(IdentitySystem system)
{
    private const string Path = "/api/v1/public/contact";
    private const string Admin = "/api/v1/admin/contact";
    private readonly string _email = $"kanari{Guid.NewGuid():N}@example.cm";

    [Fact]
    public async Task A_message_is_kept_sealed_told_to_support_and_worked_on()
    {
        var admin = await system.AnAdminAsync();

        var sent = await (await system.PostAsync(Path, AMessage())).DataAsync();

        var (id, reference) = (sent.GetProperty("id").GetGuid(), sent.GetProperty("reference").GetString()!);
        Assert.Equal("new", sent.GetProperty("status").GetString());
        var letter = Assert.Single(await Letter.AboutAsync(system, reference));
        Assert.Equal(("support.contact", "support@example.cm", "fr"), (letter.Kind, letter.Address, letter.Language));
        Assert.Equal((_email, "+237677123456", "high"), (letter.Values["email"], letter.Values["phone"], letter.Values["priority"]));
        var rows = await system.Identity.WithDbAsync(db => db.Database.SqlQuery<string>(
            $"SELECT t::text AS \"Value\" FROM identity.contact_messages t WHERE id = {id}").ToListAsync());
        Assert.DoesNotContain("kanari", Assert.Single(rows), StringComparison.OrdinalIgnoreCase);

        var taken = await system.ReadAsync(HttpMethod.Patch, $"{Admin}/{id}", new { status = "in_progress", note = "Appelé" }, admin.AccessToken);
        var resolved = await system.ReadAsync(HttpMethod.Patch, $"{Admin}/{id}", new { status = "resolved" }, admin.AccessToken);
        var shown = Assert.Single((await system.GetAsync($"{Admin}?reference={reference}&status=resolved", admin.AccessToken)).GetProperty("messages").EnumerateArray());

        Assert.Equal(JsonValueKind.Null, taken.GetProperty("resolvedAt").ValueKind);
        Assert.Equal(JsonValueKind.String, resolved.GetProperty("resolvedAt").ValueKind);
        Assert.Equal(("Appelé", "Bonjour,\noù est ma commande ?", "Kanari"), (Text(shown, "note"), Text(shown, "message"), Text(shown, "firstName")));
        Assert.Equal(["contact.updated", "contact.updated"], await system.ActionsOnAsync(id));
    }

    [Fact]
    public async Task The_same_message_again_is_one_also_at_once_and_later_it_is_another()
    {
        var sent = await Task.WhenAll(Enumerable.Range(0, 4).Select(async _ => Text(await (await system.PostAsync(Path, AMessage())).DataAsync(), "id")));
        var other = Text(await (await system.PostAsync(Path, AMessage(subject: "Autre chose"))).DataAsync(), "id");
        system.Clock.Advance(TimeSpan.FromMinutes(11));
        var later = Text(await (await system.PostAsync(Path, AMessage())).DataAsync(), "id");

        Assert.Single(sent.Distinct());
        Assert.Equal(3, new[] { sent[0], other, later }.Distinct().Count());
        Assert.Equal(3, (await Letter.AboutAsync(system, _email)).Count);
    }

    [Fact]
    public async Task The_websites_form_is_understood_and_its_extras_are_left_out()
    {
        var admin = await system.AnAdminAsync();
        var form = new { name = "Awa Ngono", email = _email, phone = "", subject = "general", message = "Bonjour", company = "", preferred_contact_method = "email" };

        var sent = await (await system.PostAsync(Path, form)).DataAsync();

        var shown = (await system.GetAsync($"{Admin}?reference={Text(sent, "reference")}", admin.AccessToken)).GetProperty("messages")[0];
        Assert.Equal(("Awa Ngono", null, "normal", "general"), (Text(shown, "firstName"), Text(shown, "phone"), Text(shown, "priority"), Text(shown, "category")));
    }

    [Theory]
    [InlineData("firstName", null)]
    [InlineData("email", "no-address")]
    [InlineData("email", null)]
    [InlineData("subject", " ")]
    [InlineData("message", "")]
    [InlineData("message", "a\u0007b")]
    [InlineData("phone", "12")]
    [InlineData("priority", "now")]
    [InlineData("category", "a\nb")]
    public async Task A_wrong_message_is_refused_with_the_fields_name(string member, string? value)
    {
        var message = AMessage();
        message[member] = value;

        var refused = await (await system.PostAsync(Path, message)).RefusedAsync(400, "VALIDATION_ERROR");

        Assert.Equal(member, refused.GetProperty("errors")[0].GetProperty("field").GetString());
    }

    [Fact]
    public async Task Only_administrators_read_and_work_on_them()
    {
        var (admin, someone) = (await system.AnAdminAsync(), await system.RegisterAsync());
        var unknown = $"{Admin}/{Guid.NewGuid()}";

        await (await system.SendAsync(HttpMethod.Get, Admin)).RefusedAsync(401, "MISSING_TOKEN");
        await (await system.SendAsync(HttpMethod.Get, Admin, token: someone.AccessToken)).RefusedAsync(403, "INSUFFICIENT_PERMISSIONS");
        await (await system.SendAsync(HttpMethod.Patch, unknown, new { status = "resolved" }, someone.AccessToken)).RefusedAsync(403, "INSUFFICIENT_PERMISSIONS");
        await (await system.SendAsync(HttpMethod.Patch, unknown, new { status = "resolved" }, admin.AccessToken)).RefusedAsync(404, "CONTACT_MESSAGE_NOT_FOUND");
        await (await system.SendAsync(HttpMethod.Patch, unknown, new { }, admin.AccessToken)).RefusedAsync(400, "VALIDATION_ERROR");
        await (await system.SendAsync(HttpMethod.Patch, unknown, new { status = "lost" }, admin.AccessToken)).RefusedAsync(400, "VALIDATION_ERROR");
        await (await system.SendAsync(HttpMethod.Get, $"{Admin}?status=lost", token: admin.AccessToken)).RefusedAsync(400, "VALIDATION_ERROR");
    }

    [Fact]
    public async Task A_resolved_message_goes_after_a_year_and_an_open_one_stays()
    {
        var admin = await system.AnAdminAsync();
        var resolved = (await (await system.PostAsync(Path, AMessage())).DataAsync()).GetProperty("id").GetGuid();
        var open = (await (await system.PostAsync(Path, AMessage("Autre chose"))).DataAsync()).GetProperty("id").GetGuid();
        await system.ReadAsync(HttpMethod.Patch, $"{Admin}/{resolved}", new { status = "resolved" }, admin.AccessToken);
        system.Clock.Advance(TimeSpan.FromDays(366));

        await system.RunAsync<ForgetOldSubmissions>();

        var left = await system.Identity.WithDbAsync(db => db.ContactMessages.Where(row => row.Id == resolved || row.Id == open).Select(row => row.Id).ToListAsync());
        Assert.Equal(open, Assert.Single(left));
    }

    private Dictionary<string, object?> AMessage(string subject = "Ma commande") => new()
    {
        ["firstName"] = "Kanari",
        ["lastName"] = "Ngo Bell",
        ["email"] = _email,
        ["phone"] = "677 12 34 56",
        ["subject"] = subject,
        ["message"] = "Bonjour,\noù est ma commande ?",
        ["category"] = "Support",
        ["priority"] = "high",
        ["source"] = "mobile_app"
    };

    private static string? Text(JsonElement data, string member) => data.GetProperty(member).GetString();
}
