using System.Net;
using System.Text;
using EatFast.Identity.Contracts;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Identity.Tests.Features;

public sealed class RegisterTests(IdentitySystem system)
{
    [Fact]
    public async Task A_new_customer_is_active_and_signed_in_at_once()
    {
        var person = IdentitySystem.ANewPerson();

        var response = await system.PostAsync("/api/v1/auth/register", person);

        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        var data = await response.DataAsync();
        Assert.Equal(data.GetProperty("token").GetString(), data.GetProperty("accessToken").GetString());
        Assert.Equal(900, data.GetProperty("expiresIn").GetInt32());
        var user = data.GetProperty("user");
        Assert.Equal(
            ["active", "customer", "fr", "douala", "Aïcha", (string)person["email"]!],
            Strings(user, "status", "role", "language", "city", "firstName", "email"));
        Assert.Equal(0, user.GetProperty("loyaltyPoints").GetInt32());
    }

    [Fact]
    public async Task Registering_is_announced_without_personal_data()
    {
        var registered = await system.RegisterAsync();

        var announced = await system.Identity.AnnouncedAsync<UserRegistered>();

        Assert.Single(announced, @event => @event.UserId == registered.UserId && @event.Role == "customer" && @event.Language == "fr");
    }

    [Theory]
    [InlineData("restaurant_owner", "restaurant_owner", "pending")]
    [InlineData("restaurant", "restaurant_owner", "pending")]
    [InlineData("restaurant_manager", "restaurant_owner", "pending")]
    [InlineData("delivery_agent", "delivery_agent", "pending")]
    [InlineData("driver", "delivery_agent", "pending")]
    [InlineData("livreur", "delivery_agent", "pending")]
    [InlineData("client", "customer", "active")]
    public async Task Every_name_of_a_role_is_stored_as_the_one_of_the_contract(string given, string role, string status)
    {
        var registered = await system.RegisterAsync(IdentitySystem.ANewPerson(given));

        Assert.Equal([role, status], Strings(registered.User, "role", "status"));
    }

    [Fact]
    public async Task The_older_clients_names_of_the_members_and_their_extras_are_accepted()
    {
        var person = IdentitySystem.ANewPerson();
        var old = new Dictionary<string, object?>
        {
            ["first_name"] = "Paul",
            ["last_name"] = "Biwole",
            ["phone_number"] = ((string)person["phone"]!)[4..],
            ["user_type"] = "driver",
            ["email"] = ((string)person["email"]!).ToUpperInvariant(),
            ["password"] = IdentitySystem.Password,
            ["confirmPassword"] = IdentitySystem.Password,
            ["acceptTerms"] = true,
            ["device"] = new { model = "X" }
        };

        var registered = await system.RegisterAsync(old);

        Assert.Equal(
            ["Paul", "Biwole", (string)person["phone"]!, "delivery_agent", (string)person["email"]!],
            Strings(registered.User, "firstName", "lastName", "phone", "role", "email"));
    }

    [Theory]
    [InlineData("admin")]
    [InlineData("Administrator")]
    public async Task Nobody_makes_themselves_an_administrator(string role)
    {
        var response = await system.PostAsync("/api/v1/auth/register", IdentitySystem.ANewPerson(role));

        await response.RefusedAsync(400, "ROLE_NOT_ALLOWED");
    }

    [Fact]
    public async Task An_address_or_a_number_has_one_account_however_it_is_written()
    {
        var first = IdentitySystem.ANewPerson();
        await system.RegisterAsync(first);
        var sameEmail = IdentitySystem.ANewPerson();
        sameEmail["email"] = ((string)first["email"]!).ToUpperInvariant();
        var samePhone = IdentitySystem.ANewPerson();
        samePhone["phone"] = ((string)first["phone"]!)[4..].Insert(3, " ");

        await (await system.PostAsync("/api/v1/auth/register", sameEmail)).RefusedAsync(409, "EMAIL_ALREADY_EXISTS");
        await (await system.PostAsync("/api/v1/auth/register", samePhone)).RefusedAsync(409, "PHONE_ALREADY_EXISTS");
    }

    [Fact]
    public async Task Of_equal_registrations_at_once_one_wins_and_the_others_are_told_why()
    {
        var person = IdentitySystem.ANewPerson();

        var responses = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => system.PostAsync("/api/v1/auth/register", person)));

        Assert.Single(responses, response => response.StatusCode == HttpStatusCode.Created);
        foreach (var lost in responses.Where(response => response.StatusCode != HttpStatusCode.Created))
            await lost.RefusedAsync(409, "EMAIL_ALREADY_EXISTS");
    }

    [Theory]
    [InlineData("firstName", null)]
    [InlineData("firstName", "   ")]
    [InlineData("firstName", "a\u0000b")]
    [InlineData("lastName", "")]
    [InlineData("email", null)]
    [InlineData("email", "not an address")]
    [InlineData("email", "a@b")]
    [InlineData("email", "a@b.cm\u0000")]
    [InlineData("phone", "12")]
    [InlineData("phone", "call me maybe")]
    [InlineData("phone", "+23767700\u00000001")]
    [InlineData("password", "Short-1")]
    [InlineData("password", "no-upper-case-1")]
    [InlineData("password", "NO-LOWER-CASE-1")]
    [InlineData("password", "No-digit-here")]
    [InlineData("confirmPassword", "Something-Else-1")]
    [InlineData("role", "wizard")]
    [InlineData("city", "dou\u0000ala")]
    [InlineData("language", "de")]
    [InlineData("email", 7)]
    [InlineData("password", true)]
    public async Task A_wrong_value_is_refused_by_the_name_of_its_member(string member, object? value)
    {
        var person = IdentitySystem.ANewPerson();
        person[member] = value;

        var refused = await (await system.PostAsync("/api/v1/auth/register", person)).RefusedAsync(400, "VALIDATION_ERROR");

        Assert.True(refused.GetProperty("field_errors").TryGetProperty(member, out _), refused.ToString());
        Assert.Equal(0, await CountAsync((string?)person["phone"] is { Length: 13 } phone ? phone : "+"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{\"email\":")]
    [InlineData("{\"firstName\":\"\\ud800\"}")]
    public async Task A_body_that_is_no_object_is_refused(string body)
    {
        using var client = system.ClientOf("identity");
        using var content = new StringContent(body, Encoding.UTF8, "application/json");

        await (await client.PostAsync(new Uri("/api/v1/auth/register", UriKind.Relative), content)).RefusedAsync(400, "VALIDATION_ERROR");
    }

    [Fact]
    public async Task Passwords_of_128_characters_count_to_the_last_one()
    {
        var person = IdentitySystem.ANewPerson();
        var stem = "Aa1" + new string('x', 124);
        person["password"] = stem + "y";
        var registered = await system.RegisterAsync(person);

        var almost = await system.PostAsync("/api/v1/auth/login", new { email = registered.Email, password = stem + "z" });
        await almost.RefusedAsync(401, "INVALID_CREDENTIALS");
        await system.SignInAsync(registered.Email, stem + "y");
    }

    private Task<int> CountAsync(string phone)
    {
        var index = TestVault.Create().PhoneIndex(phone);
        return system.Identity.WithDbAsync(db => db.Users.CountAsync(user => user.PhoneIndex == index));
    }

    private static string[] Strings(System.Text.Json.JsonElement element, params string[] members) =>
        Array.ConvertAll(members, member => element.GetProperty(member).GetString()!);
}
