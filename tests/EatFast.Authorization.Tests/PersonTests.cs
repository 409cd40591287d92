using System.Text.Json.Nodes;
using EatFast.Identity.Features;
using EatFast.Testing;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace EatFast.AuthorizationTests;

/// <summary>Here, where all six services are at hand: what they know of a person, and that nothing is left when the person leaves.</summary>
public sealed class PersonTests(AuthorizationSystem system)
{
    private const string Password = "Secret-Pass-1";
    private const string Confirmation = $$"""{"password":"{{Password}}"}""";
    private readonly string _mark = $"kanari{Guid.NewGuid():N}";

    [Fact]
    public async Task Everything_is_exported_and_after_the_erasure_nothing_is_found_anywhere()
    {
        var (userId, token) = await system.RegisterAsync(_mark, Password);
        var orderId = await FillAsync(token);
        var messageId = await WriteAsync(userId);
        var refused = await SendAsync("identity", HttpMethod.Delete, "/api/v1/users/account", token, Confirmation);
        Assert.Contains("ACCOUNT_IN_USE", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        await CallAsync("ordering", HttpMethod.Post, $"/api/v1/orders/{orderId}/cancel", token, $$"""{"reason":"other","comment":"{{_mark}}"}""");

        var export = await CallAsync("identity", HttpMethod.Get, "/api/v1/users/export", token);
        Assert.Equal(["catalog", "delivery", "notifications", "ordering", "payments"], export["services"]!.AsObject().Select(part => part.Key).Order());
        var order = export["services"]!["ordering"]!["orders"]![0]!;
        Assert.Equal($"Rue {_mark} 12", (string)order["address"]!["street"]!);
        Assert.Equal(_mark, (string)order["history"]!.AsArray().Last(change => change!["comment"] is not null)!["comment"]!);
        Assert.Equal($"{_mark}@example.cm", (string)export["identity"]!["profile"]!["email"]!);
        Assert.Equal(messageId, (Guid)export["identity"]!["sent"]!["messages"]![0]!["id"]!);

        await CallAsync("identity", HttpMethod.Delete, "/api/v1/users/account", token, Confirmation);
        await Eventually.AsTrue(async () => await IsForgottenAsync(userId), "nothing of the person is left");
        Assert.Empty(await FindAsync());
        Assert.Equal(0, await CountAsync($"SELECT count(*) FROM identity.contact_messages WHERE id = '{messageId}'"));
        Assert.True(await CountAsync($"SELECT count(*) FROM ordering.orders WHERE customer_id = '{userId}' AND total_xaf > 0") > 0);
        var login = await SendAsync("identity", HttpMethod.Post, "/api/v1/auth/login", null, $$"""{"email":"{{_mark}}@example.cm","password":"{{Password}}"}""");
        Assert.Equal(401, (int)login.StatusCode);
    }

    [Fact]
    public async Task Where_a_service_is_away_nothing_is_exported_or_erased_by_halves()
    {
        var (_, token) = await system.RegisterAsync(_mark, Password);
        using (system.Away("delivery"))
        {
            var export = await SendAsync("identity", HttpMethod.Get, "/api/v1/users/export", token, null);
            var erasure = await SendAsync("identity", HttpMethod.Delete, "/api/v1/users/account", token, Confirmation);
            Assert.Equal((503, 503), ((int)export.StatusCode, (int)erasure.StatusCode));
            Assert.True(export.Headers.Contains("Retry-After"));
        }

        Assert.Equal($"{_mark}@example.cm", (string)(await CallAsync("identity", HttpMethod.Get, "/api/v1/users/profile", token))["email"]!);
        await CallAsync("identity", HttpMethod.Delete, "/api/v1/users/account", token, Confirmation);
    }

    [Fact]
    public async Task What_comes_back_after_the_erasure_goes_when_it_is_told_again()
    {
        var (userId, token) = await system.RegisterAsync(_mark, Password);
        await CallAsync("identity", HttpMethod.Delete, "/api/v1/users/account", token, Confirmation);
        await Eventually.AsTrue(async () => await IsForgottenAsync(userId), "nothing of the person is left");
        await ExecuteAsync($"INSERT INTO ordering.carts (owner_id, restaurant_id, updated_at, version, lines) VALUES ('{userId}', '{userId}', now(), 1, '[]')");
        await ExecuteAsync($"UPDATE identity.users SET erasure_told_at = erasure_told_at - interval '2 days' WHERE id = '{userId}'");

        await using (var scope = system.Services["identity"].CreateAsyncScope())
            await scope.ServiceProvider.GetRequiredService<RepeatErasures>().RunAsync(CancellationToken.None);

        await Eventually.AsTrue(async () => await CountAsync($"SELECT count(*) FROM ordering.carts WHERE owner_id = '{userId}'") == 0, "the cart is gone again");
        Assert.Equal(0, await CountAsync($"SELECT count(*) FROM identity.users WHERE erasure_told_at < now() - interval '1 day' AND id = '{userId}'"));
    }

    [Fact]
    public async Task To_be_erased_again_changes_nothing_and_a_wrong_wish_erases_nobody()
    {
        var (userId, token) = await system.RegisterAsync(_mark, Password);
        var wrong = await SendAsync("identity", HttpMethod.Delete, "/api/v1/users/account", token, """{"password":"Not-The-Pass-1"}""");
        Assert.Contains("WRONG_PASSWORD", await wrong.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        for (var time = 0; time < 2; time++)
        {
            var erased = await system.SendAsync("identity", "admin", HttpMethod.Delete, $"/api/v1/admin/users/{userId}", """{"reason":"a wish"}""");
            Assert.True(erased.IsSuccessStatusCode, await erased.Content.ReadAsStringAsync());
        }

        var export = await system.SendAsync("identity", "admin", HttpMethod.Get, $"/api/v1/admin/users/{userId}/export", null);
        var unknown = await system.SendAsync("identity", "admin", HttpMethod.Delete, $"/api/v1/admin/users/{Guid.NewGuid()}", """{"reason":"a wish"}""");
        var status = await system.SendAsync("identity", "admin", HttpMethod.Put, $"/api/v1/admin/users/{userId}/status", """{"status":"active"}""");
        Assert.Equal((404, 404, 404), ((int)export.StatusCode, (int)unknown.StatusCode, (int)status.StatusCode));
        var late = await SendAsync("identity", HttpMethod.Delete, "/api/v1/users/account", token, Confirmation);
        Assert.True((int)late.StatusCode is 401 or 404, $"{late.StatusCode}");
    }

    private async Task<Guid> FillAsync(string token)
    {
        var address = $$"""{"label":"Maison","street":"Rue {{_mark}}","city":"douala","latitude":4.05,"longitude":9.7}""";
        await CallAsync("identity", HttpMethod.Post, "/api/v1/users/addresses", token, address);
        return await system.PlaceAsync(token, $"Rue {_mark} 12");
    }

    // Without signing in, from the address that the account has proven.
    private async Task<Guid> WriteAsync(Guid userId)
    {
        await ExecuteAsync($"UPDATE identity.users SET email_verified = true WHERE id = '{userId}'");
        var message = $$"""{"name":"{{_mark}}","email":"{{_mark}}@example.cm","subject":"{{_mark}}","message":"{{_mark}}"}""";
        return (Guid)(await CallAsync("identity", HttpMethod.Post, "/api/v1/public/contact", null, message))["id"]!;
    }

    // The keys of what cannot be searched for are gone too.
    private async Task<bool> IsForgottenAsync(Guid userId) =>
        await CountAsync($"SELECT count(*) FROM identity.users WHERE id = '{userId}' AND erased_at IS NULL") == 0
        && await CountAsync($"SELECT count(*) FROM ordering.orders WHERE customer_id = '{userId}' AND (data_key <> '' OR sealed_door IS NOT NULL)") == 0
        && await CountAsync($"SELECT count(*) FROM ordering.idempotency_keys WHERE principal = '{userId}'") == 0
        && await CountAsync($"SELECT count(*) FROM notifications.notifications WHERE user_id = '{userId}'") == 0;

    private static async Task<JsonNode> ReadAsync(HttpResponseMessage response)
    {
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, $"{(int)response.StatusCode} {text}");
        return JsonNode.Parse(text)!["data"]!;
    }

    private async Task<JsonNode> CallAsync(string service, HttpMethod method, string path, string? token, string? body = null) =>
        await ReadAsync(await SendAsync(service, method, path, token, body));

    private async Task<HttpResponseMessage> SendAsync(string service, HttpMethod method, string path, string? token, string? body)
    {
        using var client = system.ClientOf(service);
        using var request = new HttpRequestMessage(method, path);
        if (token is not null)
            request.Headers.Authorization = new("Bearer", token);
        if (body is not null)
            request.Content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        return await client.SendAsync(request);
    }

    private async Task<List<string>> FindAsync()
    {
        await using var connection = new NpgsqlConnection(system.OwnerConnection);
        await connection.OpenAsync();
        var tables = new List<string>();
        await using (var list = new NpgsqlCommand("SELECT oid::regclass::text FROM pg_class WHERE relkind = 'r' AND relnamespace::regnamespace::text !~ '^(pg_|information_schema)'", connection))
        await using (var reader = await list.ExecuteReaderAsync())
            while (await reader.ReadAsync())
                tables.Add(reader.GetString(0));
        var found = new List<string>();
        foreach (var table in tables)
            if (await CountAsync($"SELECT count(*) FROM {table} t WHERE t::text ILIKE '%{_mark}%'") > 0)
                found.Add(table);
        return found;
    }

    private async Task<long> CountAsync(string sql) => (long)(await ExecuteAsync(sql))!;

    private async Task<object?> ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(system.OwnerConnection);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }
}
