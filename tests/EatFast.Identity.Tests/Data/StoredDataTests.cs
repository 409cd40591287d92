using System.Text;
using EatFast.Identity.Contracts;
using EatFast.Identity.Credentials;
using EatFast.Identity.Data;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace EatFast.Identity.Tests.Data;

public sealed class StoredDataTests(IdentitySystem system)
{
    [Fact]
    public async Task A_dump_of_every_table_contains_nothing_that_names_a_person()
    {
        string[] planted = ["canary.person@example.cm", "+237677999888", "677999888", "Canarienne", "Oiselle", "Canary-Pass-1"];
        var registered = await system.RegisterAsync(new()
        {
            ["firstName"] = planted[3],
            ["lastName"] = planted[4],
            ["email"] = planted[0],
            ["phone"] = planted[1],
            ["password"] = planted[5]
        });

        var dump = await DumpAsync();

        Assert.Contains(registered.UserId.ToString(), dump, StringComparison.Ordinal);
        foreach (var value in planted.Append(registered.RefreshToken))
            Assert.DoesNotContain(value, dump, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(Convert.ToHexStringLower(Encoding.UTF8.GetBytes(planted[1])), dump, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_service_login_reads_no_other_schema()
    {
        await using (var owner = new NpgsqlConnection(system.OwnerConnection))
        {
            await owner.OpenAsync();
            await using var create = new NpgsqlCommand("CREATE SCHEMA neighbour; CREATE TABLE neighbour.secrets (id int)", owner);
            await create.ExecuteNonQueryAsync();
        }

        await using var own = await system.Identity.OpenOwnConnectionAsync();
        await using var read = new NpgsqlCommand("SELECT * FROM neighbour.secrets", own);
        var refused = await Assert.ThrowsAsync<PostgresException>(() => read.ExecuteReaderAsync());

        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refused.SqlState);
    }

    [Fact]
    public async Task The_demo_accounts_can_sign_in_and_seeding_twice_changes_nothing()
    {
        using var passwords = new PasswordHasher(4, 10);
        var now = system.Clock.GetUtcNow();
        for (var time = 0; time < 2; time++)
            await system.Identity.WithDbAsync(async db =>
            {
                await DemoData.SeedAsync(db, TestVault.Create(), passwords.Compute, now, default);
                return true;
            });

        foreach (var name in new[] { "admin", "owner", "driver", "driver2", "customer" })
        {
            var signedIn = await system.SignInAsync($"{name}@eatfast.local", DemoAccounts.Password);
            Assert.Equal("active", signedIn.User.GetProperty("status").GetString());
        }
        var admin = await system.Identity.WithDbAsync(db => db.Users.SingleAsync(user => user.Id == DemoAccounts.Admin));
        Assert.Equal("admin", admin.Role);
    }

    private async Task<string> DumpAsync()
    {
        await using var connection = await system.Identity.OpenOwnConnectionAsync();
        await using var query = new NpgsqlCommand("SELECT schema_to_xml('identity', true, false, '')::text", connection);
        return (string)(await query.ExecuteScalarAsync())!;
    }
}
