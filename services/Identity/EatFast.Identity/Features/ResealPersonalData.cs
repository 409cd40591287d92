using System.Text.Json.Nodes;
using EatFast.Data;
using EatFast.Http;
using EatFast.Identity.Clients;
using EatFast.Identity.Data;
using EatFast.Identity.Data.Protection;
using EatFast.Identity.Domain;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Identity.Features;

/// <summary>Identity's own accounts, and what each other service says of its rows.</summary>
internal sealed record EncryptionProgress(
    string CurrentKey, long Total, long Done, long Remaining, double Percent, IReadOnlyDictionary<string, JsonNode?> Services);

/// <summary>
/// After a change of the encryption key: seals everything anew, in batches beside all other work (both keys open meanwhile).
/// The old key may be thrown away when nothing remains.
/// </summary>
internal sealed class ResealPersonalData(
    IdentityDbContext db, PersonalDataVault vault, ILogger<ResealPersonalData> logger) : IPeriodicWork
{
    private const int Batch = 500;

    public static void Map(IEndpointRouteBuilder admin) => admin
        .MapGet("/encryption", Handle)
        .WithName(nameof(ResealPersonalData))
        .WithSummary("How much is sealed with the current key (operators)");

    internal static async Task<Ok<Envelope<EncryptionProgress>>> Handle(
        IdentityDbContext db, PersonalDataVault vault, IEnumerable<IResealProgress> submissions, Neighbours neighbours, CancellationToken ct)
    {
        var current = vault.CurrentPrefix;
        var total = await db.Users.LongCountAsync(ct) + await db.Addresses.LongCountAsync(ct) + await db.TwoFactors.LongCountAsync(ct);
        var left = await db.Users.LongCountAsync(user => user.DataKey == null || !user.DataKey.StartsWith(current), ct)
            + await db.Addresses.LongCountAsync(address => !address.Content.StartsWith(PersonalDataVault.Own), ct)
            + await db.TwoFactors.LongCountAsync(factor => !(factor.TotpSecret ?? factor.PendingTotpSecret ?? PersonalDataVault.Own).StartsWith(PersonalDataVault.Own), ct);
        foreach (var kind in submissions)
        {
            var progress = await kind.ReadAsync(ct);
            (total, left) = (total + progress.Total, left + progress.Remaining);
        }
        var percent = total == 0 ? 100 : Math.Round(100.0 * (total - left) / total, 2);
        var services = await neighbours.EncryptionAsync(ct);
        return Answer.Ok(new EncryptionProgress(vault.CurrentKeyId, total, total - left, left, percent, services));
    }

    public async Task RunAsync(CancellationToken ct)
    {
        var done = 0;
        for (var batch = 1; batch > 0; done += batch)
        {
            batch = await UsersAsync(ct) + await AddressesAsync(ct) + await FactorsAsync(ct);
            if (batch > 0)
                logger.LogInformation("Sealed {Rows} rows anew with key {Key}", done + batch, vault.CurrentKeyId);
        }
    }

    private Task<int> UsersAsync(CancellationToken ct)
    {
        var others = $"{vault.CurrentPrefix}%";
        return InTurnAsync(
            db.Users.FromSql($"""
                SELECT * FROM identity.users WHERE data_key IS NULL OR data_key NOT LIKE {others} LIMIT {Batch} FOR UPDATE SKIP LOCKED
                """),
            user => user.Id, (user, _) => user.Reseal(vault.Renew(user)), ct);
    }

    private Task<int> AddressesAsync(CancellationToken ct)
    {
        var own = $"{PersonalDataVault.Own}%";
        return InTurnAsync(
            db.Addresses.FromSql($"SELECT * FROM identity.addresses WHERE content NOT LIKE {own} LIMIT {Batch} FOR UPDATE SKIP LOCKED"),
            address => address.UserId, (address, owner) => address.Reseal(Anew(address.Content, owner, "addresses", "content", address.Id)), ct);
    }

    private Task<int> FactorsAsync(CancellationToken ct)
    {
        var own = $"{PersonalDataVault.Own}%";
        return InTurnAsync(
            db.TwoFactors.FromSql($"""
                SELECT * FROM identity.two_factors WHERE coalesce(totp_secret, pending_totp_secret) NOT LIKE {own}
                LIMIT {Batch} FOR UPDATE SKIP LOCKED
                """),
            factor => factor.UserId,
            (factor, owner) => factor.Reseal(secret => Anew(secret, owner, "two_factors", "totp_secret", factor.UserId)), ct);
    }

    private string Anew(string stored, User owner, string table, string column, Guid row) =>
        vault.SealText(vault.OpenText(stored, owner, table, column, row), owner, table, column, row);

    // The accounts are read after their rows are locked, and their keys open the same whichever master key they rest under.
    private async Task<int> InTurnAsync<TRow>(
        IQueryable<TRow> rows, Func<TRow, Guid> ownerOf, Action<TRow, User> reseal, CancellationToken ct) where TRow : class
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var batch = await rows.ToListAsync(ct);
        var ids = batch.ConvertAll(row => ownerOf(row));
        var owners = await db.Users.AsNoTracking().Where(user => ids.Contains(user.Id)).ToDictionaryAsync(user => user.Id, ct);
        batch.ForEach(row => reseal(row, owners[ownerOf(row)]));
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        db.ChangeTracker.Clear();
        return batch.Count;
    }
}
