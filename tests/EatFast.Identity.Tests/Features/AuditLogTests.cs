using EatFast.Identity.Domain;
using EatFast.Security;
using EatFast.Testing;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace EatFast.Identity.Tests.Features;

public sealed class AuditLogTests(IdentitySystem system)
{
    [Fact]
    public async Task What_an_administrator_does_arrives_in_the_log_and_in_the_trail_of_the_account()
    {
        var admin = await system.AnAdminAsync();
        var someone = await system.RegisterAsync();
        var path = $"/api/v1/admin/users/{someone.UserId}";
        await system.ReadAsync(HttpMethod.Put, $"{path}/status", new { status = "suspended", reason = "Essai" }, admin.AccessToken);

        await Eventually.AsTrue(
            async () => (await system.GetAsync($"{path}/audit-log", admin.AccessToken)).GetProperty("logs").GetArrayLength() == 2, "it was logged");

        var entry = (await system.GetAsync($"/api/v1/admin/audit-logs?action=user.status_changed&subjectId={someone.UserId}", admin.AccessToken)).GetProperty("logs")[0];
        Assert.Equal("user.status_changed", entry.GetProperty("action").GetString());
        Assert.Equal(admin.UserId, entry.GetProperty("actorId").GetGuid());
        Assert.Equal("suspended", entry.GetProperty("details").GetProperty("to").GetString());
        Assert.Equal("identity", entry.GetProperty("service").GetString());
    }

    [Fact]
    public async Task Every_service_tells_by_the_same_message_and_the_same_one_twice_is_one_line()
    {
        var told = ARecord();

        await system.Identity.DeliverAsync(told, Guid.NewGuid(), times: 2);

        var entry = await system.Identity.WithDbAsync(db => db.AuditEntries.AsNoTracking().SingleAsync(row => row.ActionId == told.ActionId));
        Assert.Equal(entry.Hash, entry.ComputeHash());
        Assert.Equal("payments", entry.Service);
    }

    [Fact]
    public async Task Lines_written_at_once_make_one_chain_without_a_gap()
    {
        await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => system.Identity.DeliverAsync(ARecord())));

        var entries = await system.Identity.WithDbAsync(db => db.AuditEntries.AsNoTracking().OrderBy(row => row.Number).ToListAsync());
        Assert.Equal(Enumerable.Range(1, entries.Count).Select(number => (long)number), entries.ConvertAll(entry => entry.Number));
        var previous = AuditEntry.Genesis;
        foreach (var entry in entries)
        {
            Assert.Equal(previous, entry.PreviousHash);
            Assert.Equal(entry.ComputeHash(), previous = entry.Hash);
        }
    }

    [Theory]
    [InlineData("UPDATE identity.audit_entries SET action = 'x'")]
    [InlineData("DELETE FROM identity.audit_entries")]
    [InlineData("TRUNCATE identity.audit_entries")]
    public async Task The_service_itself_may_only_add(string attempt)
    {
        await system.Identity.DeliverAsync(ARecord());
        await using var connection = await system.Identity.OpenOwnConnectionAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = attempt;

        var refused = await Assert.ThrowsAsync<PostgresException>(() => command.ExecuteNonQueryAsync());

        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refused.SqlState);
    }

    [Fact]
    public async Task Only_administrators_read_it()
    {
        var someone = await system.RegisterAsync();

        await (await system.SendAsync(HttpMethod.Get, "/api/v1/admin/audit-logs", token: someone.AccessToken)).RefusedAsync(403, "INSUFFICIENT_PERMISSIONS");
        await (await system.SendAsync(HttpMethod.Get, "/api/v1/admin/audit-logs")).RefusedAsync(401, "MISSING_TOKEN");
    }

    private ActionRecorded ARecord() => new(
        Guid.CreateVersion7(system.Clock.GetUtcNow()), "payments", "payout.approved", Guid.NewGuid(), "admin", "payout", Guid.NewGuid(),
        new Dictionary<string, string> { ["amountXaf"] = "50000", ["é"] = "à" }, system.Clock.GetUtcNow());
}
