using System.Text.Json;
using EatFast.Identity.Credentials;
using EatFast.Identity.Data;
using EatFast.Identity.Data.Protection;
using EatFast.Identity.Domain;
using EatFast.Identity.Features;
using EatFast.Security;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace EatFast.Identity.Tests.Features;

public sealed class ResealPersonalDataTests(IdentitySystem system)
{
    private const string OldKey = "the-encryption-key-of-last-year-0123456789";

    [Fact]
    public async Task After_a_rotation_everything_is_sealed_anew_and_reads_as_before()
    {
        var admin = await system.AnAdminAsync();
        var before = TestVault.Create(OldKey);
        var id = Guid.NewGuid();
        var person = new PersonalData($"{id:N}@example.cm", $"+23768{Random.Shared.Next(1_000_000, 9_999_999)}", "Ngono", "Atangana");
        var user = User.Register(id, before.Seal(id, person), "x", "customer", "fr", "douala", system.Clock.GetUtcNow());
        user.Tell(before.SealValue(user, "kept", "extras"));
        await AddAsync([user]);
        await using (var scope = system.Identity.Services.CreateAsyncScope())
        {
            var db = scope.ServiceProvider.GetRequiredService<IdentityDbContext>();
            var both = TestVault.Create(TestVault.Secret, OldKey);
            await new ResealPersonalData(db, both, NullLogger<ResealPersonalData>.Instance).RunAsync(CancellationToken.None);
        }

        var row = await system.Identity.WithDbAsync(db => db.Users.AsNoTracking().SingleAsync(user => user.Id == id));
        Assert.Equal((person, "kept"), (TestVault.Create().Open(row), TestVault.Create().OpenExtras(row)));
        var progress = await system.GetAsync("/api/v1/admin/encryption", admin.AccessToken);
        Assert.Equal((0, 100), (progress.GetProperty("remaining").GetInt64(), progress.GetProperty("percent").GetDouble()));
    }

    [Fact]
    public async Task Addresses_and_secrets_from_before_move_to_the_persons_own_key()
    {
        var someone = await system.RegisterAsync();
        var address = await system.ReadAsync(HttpMethod.Post, "/api/v1/users/addresses", new { address = "Rue Joss 12" }, someone.AccessToken);
        var proposed = await system.ReadAsync(HttpMethod.Post, "/api/v1/auth/2fa/totp/setup", null, someone.AccessToken);
        var (id, secret) = (address.GetProperty("id").GetGuid(), proposed.GetProperty("secret").GetString()!);
        Assert.StartsWith(PersonalDataVault.Own, await ContentAsync(id), StringComparison.Ordinal);
        var master = new FieldCipher(PersonalDataVault.Purpose, TestVault.Secret, []);
        var content = JsonSerializer.Serialize(new AddressContent(null, "Rue Joss 12", null, null, null, null, null, null, null, "Cameroon", null, null, null));
        var (oldAddress, oldSecret) = (master.Seal(content, $"addresses|content|{id}"), master.Seal(secret, $"two_factors|totp_secret|{someone.UserId}"));
        await system.Identity.WithDbAsync(db => db.Addresses.Where(row => row.Id == id).ExecuteUpdateAsync(row => row.SetProperty(r => r.Content, oldAddress)));
        await system.Identity.WithDbAsync(db => db.TwoFactors.Where(row => row.UserId == someone.UserId)
            .ExecuteUpdateAsync(row => row.SetProperty(r => r.PendingTotpSecret, oldSecret)));
        await system.ReadAsync(HttpMethod.Put, "/api/v1/users/profile", new { city = "kribi" }, someone.AccessToken);

        await system.RunAsync<ResealPersonalData>();

        Assert.StartsWith(PersonalDataVault.Own, await ContentAsync(id), StringComparison.Ordinal);
        var shown = await system.GetAsync($"/api/v1/users/addresses/{id}", someone.AccessToken);
        Assert.Equal("Rue Joss 12", shown.GetProperty("street").GetString());
        var code = Totp.CodeOf(secret, Totp.StepAt(system.Clock.GetUtcNow()));
        await system.ReadAsync(HttpMethod.Post, "/api/v1/auth/2fa/totp/enable", new { code }, someone.AccessToken);
    }

    private Task<string> ContentAsync(Guid addressId) => system.Identity.WithDbAsync(db =>
        db.Addresses.Where(row => row.Id == addressId).Select(row => row.Content).SingleAsync());

    [Fact]
    public async Task Nothing_of_a_thousand_planted_values_is_in_any_table()
    {
        var people = Enumerable.Range(0, 250).Select(number => new PersonalData(
            $"canary-mail-{number}-{Guid.NewGuid():N}@example.cm", $"+2376{Random.Shared.NextInt64(10_000_000, 99_999_999)}", $"Kanari{Guid.NewGuid():N}", $"Nom{Guid.NewGuid():N}")).ToList();
        var vault = TestVault.Create();
        await AddAsync(people.DistinctBy(person => person.Phone).Select(person =>
        {
            var id = Guid.NewGuid();
            return User.Register(id, vault.Seal(id, person), "x", "customer", "fr", "douala", system.Clock.GetUtcNow());
        }));

        var dump = await DumpAsync();

        var values = people.SelectMany(person => new[] { person.Email, person.Phone, person.FirstName, person.LastName }).ToList();
        Assert.Equal(1000, values.Count);
        Assert.Contains("v1|", dump, StringComparison.Ordinal);
        Assert.DoesNotContain(values, value => dump.Contains(value, StringComparison.OrdinalIgnoreCase));
    }

    private Task<int> AddAsync(IEnumerable<User> users) => system.Identity.WithDbAsync(db =>
    {
        db.AddRange(users);
        return db.SaveChangesAsync();
    });

    private async Task<string> DumpAsync()
    {
        await using var connection = new NpgsqlConnection(system.OwnerConnection);
        await connection.OpenAsync();
        await using var tables = new NpgsqlCommand(
            "SELECT string_agg(format('SELECT t::text FROM %s t', oid::regclass), ' UNION ALL ') FROM pg_class WHERE relkind = 'r' AND relnamespace = 'identity'::regnamespace", connection);
        await using var rows = new NpgsqlCommand($"SELECT string_agg(t, E'\\n') FROM ({await tables.ExecuteScalarAsync()}) all_rows", connection);
        return (string)(await rows.ExecuteScalarAsync())!;
    }
}
