using EatFast.Identity.Audit;
using EatFast.Identity.Data;
using EatFast.Identity.Domain;
using EatFast.Identity.Features;
using EatFast.Security;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Npgsql;

namespace EatFast.Identity.Tests.Features;

/// <summary>The log is damaged as its owner could, inside a transaction that is then given up.</summary>
public sealed class AuditVerificationTests(IdentitySystem system)
{
    private readonly string _file = Path.Combine(Path.GetTempPath(), $"anchors-{Guid.NewGuid():N}.log");

    [Fact]
    public async Task A_whole_log_is_found_whole() => Assert.Empty((await VerifyAsync("SELECT 1")).Breaches);

    [Theory]
    [InlineData("UPDATE identity.audit_entries SET details = 'x' WHERE number = 2", "was changed")]
    [InlineData("UPDATE identity.audit_entries SET actor_id = gen_random_uuid() WHERE number = 2", "was changed")]
    [InlineData("DELETE FROM identity.audit_entries WHERE number = 2", "were taken out")]
    [InlineData("DELETE FROM identity.audit_entries WHERE number = (SELECT max(number) FROM identity.audit_entries)", "was cut off")]
    [InlineData("DELETE FROM identity.audit_entries; DELETE FROM identity.audit_heads", "was cut off")]
    [InlineData("UPDATE identity.audit_heads SET signature = decode(repeat('00', 64), 'hex')", "not signed by a known key")]
    [InlineData("""
        INSERT INTO identity.audit_entries SELECT max(number) + 1, gen_random_uuid(), 'identity', 'user.viewed', NULL, 'admin', 'user', NULL, '{}', now(),
        decode(repeat('00', 32), 'hex'), decode(repeat('00', 32), 'hex') FROM identity.audit_entries
        """, "does not follow")]
    [InlineData("""
        UPDATE identity.audit_entries SET number = -number WHERE number IN (2, 3);
        UPDATE identity.audit_entries SET number = CASE number WHEN -2 THEN 3 ELSE 2 END WHERE number < 0
        """, "does not follow")]
    public async Task Whatever_is_done_to_it_is_found(string damage, string finding) =>
        Assert.Contains((await VerifyAsync(damage)).Breaches, breach => breach.Contains(finding, StringComparison.Ordinal));

    [Fact]
    public async Task A_history_that_was_written_anew_with_right_hashes_is_found_by_its_heads()
    {
        var report = await VerifyAsync("SELECT 1", async db =>
        {
            var told = await db.AuditEntries.AsNoTracking().OrderBy(entry => entry.Number).ToListAsync();
            await db.Database.ExecuteSqlRawAsync("DELETE FROM identity.audit_entries");
            AuditEntry? last = null;
            foreach (var entry in told)
                db.Add(last = AuditEntry.After(last, new RecordedAction(
                    entry.ActionId, entry.Service, "nothing.happened", null, "admin", "user", null, new Dictionary<string, string>(), entry.At)));
            await db.SaveChangesAsync();
        });

        Assert.Contains(report.Breaches, breach => breach.Contains("written anew", StringComparison.Ordinal));
    }

    [Fact]
    public void A_change_of_the_tokens_key_leaves_the_logs_heads_signed()
    {
        var (before, after) = (KeysOf("the-tokens-key-of-last-month-0123456789"), KeysOf("the-tokens-key-of-this-month-0123456789"));
        var content = "eatfast-audit|1|00"u8.ToArray();

        Assert.True(after.IsSigned(before.KeyId, content, before.Sign(content)));
        Assert.False(after.IsSigned(before.KeyId, content, new AuditKeys("a-key-of-somebody-else-0123456789-0123", []).Sign(content)));
    }

    [Fact]
    public void A_head_from_before_the_log_had_a_key_is_known_while_the_tokens_key_is_configured()
    {
        const string tokens = "the-tokens-key-of-last-month-0123456789";
        var content = "eatfast-audit|1|00"u8.ToArray();
        var old = new AuditKeys(tokens, []);

        Assert.True(KeysOf(tokens).IsSigned(old.KeyId, content, old.Sign(content)));
        Assert.True(KeysOf("the-tokens-key-of-this-month-0123456789", tokens).IsSigned(old.KeyId, content, old.Sign(content)));
    }

    private static AuditKeys KeysOf(string signing, params string[] retired) => AuditKeys.From(new ConfigurationBuilder()
        .AddInMemoryCollection([
            new("Security:SigningKey", signing), new("Security:AuditSigningKey", TestVault.Secret),
            .. retired.Select((key, number) => new KeyValuePair<string, string?>($"Security:RetiredSigningKeys:{number}", key))])
        .Build());

    private async Task<AuditReport> VerifyAsync(string damage, Func<IdentityDbContext, Task>? rewrite = null)
    {
        for (var line = 0; line < 3; line++)
            await system.Identity.DeliverAsync(ARecord());
        await using var connection = new NpgsqlConnection(system.OwnerConnection);
        await connection.OpenAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        var options = new DbContextOptionsBuilder<IdentityDbContext>();
        options.UseNpgsql(connection).UseSnakeCaseNamingConvention();
        await using var db = new IdentityDbContext(options.Options);
        await db.Database.UseTransactionAsync(transaction);
        // Nothing arrives and nothing is signed beside the test.
        await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({AppendAuditEntry.Turn}), pg_advisory_xact_lock({SignAuditHead.Turn})");
        await SignAsync(db);
        await db.Database.ExecuteSqlRawAsync(damage.Replace("{}", "{{}}", StringComparison.Ordinal));
        if (rewrite is not null)
            await rewrite(db);
        var report = await new AuditVerification(db, Keys(), Anchors()).RunAsync(CancellationToken.None);
        await transaction.RollbackAsync();
        File.Delete(_file);
        return report;
    }

    private async Task SignAsync(IdentityDbContext db)
    {
        var last = await db.AuditEntries.AsNoTracking().OrderByDescending(entry => entry.Number).FirstAsync();
        var head = await db.AuditHeads.AsNoTracking().SingleOrDefaultAsync(row => row.Number == last.Number);
        if (head is null)
            db.Add(head = AuditHead.Sign(last, Keys().KeyId, Keys().Sign, system.Clock.GetUtcNow()));
        await db.SaveChangesAsync();
        db.ChangeTracker.Clear();
        await Anchors().AppendAsync(head.ToAnchor(), CancellationToken.None);
    }

    private static AuditKeys Keys() => new(TestVault.Secret, []);

    private AnchorFile Anchors() => new(new ConfigurationBuilder()
        .AddInMemoryCollection(new Dictionary<string, string?> { ["Audit:AnchorFile"] = _file }).Build());

    private ActionRecorded ARecord() => new(
        Guid.CreateVersion7(system.Clock.GetUtcNow()), "identity", "user.viewed", Guid.NewGuid(), "admin", "user", Guid.NewGuid(),
        new Dictionary<string, string>(), system.Clock.GetUtcNow());
}
