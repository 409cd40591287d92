using EatFast.Http;
using EatFast.Payments.Clients;
using EatFast.Payments.Data;
using EatFast.Payments.Domain;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Payments.Features;

/// <summary>Nothing about the balance of a provider that does not tell it; what the ledger moved there is known always.</summary>
public sealed record ProviderBalanceView(string Provider, bool IsOn, long? Balance, long LedgerMoved)
{
    public string Currency => "XAF";
}

public sealed record ReadProviderBalancesResponse(IReadOnlyList<ProviderBalanceView> Balances);

/// <summary>What each provider holds for us by its own word, so that payouts do not run dry, beside what our ledger moved there.</summary>
internal static class ReadProviderBalances
{
    public static void Map(IEndpointRouteBuilder admin) => admin
        .MapGet("/payments/balances", Handle)
        .WithName(nameof(ReadProviderBalances))
        .WithSummary("Our balances at the providers");

    internal static async Task<Ok<Envelope<ReadProviderBalancesResponse>>> Handle(
        MoneyProviders providers, PaymentsDbContext db, CancellationToken ct)
    {
        // Uses ix_ledger_lines_account_owner_id.
        string[] accounts = [.. providers.All.Select(provider => Accounts.ClearingOf(provider.Name))];
        var moved = await db.LedgerEntries.SelectMany(entry => entry.Lines).Where(line => accounts.Contains(line.Account))
            .GroupBy(line => line.Account).Select(lines => new { Account = lines.Key, Xaf = lines.Sum(line => line.AmountXaf) })
            .ToDictionaryAsync(row => row.Account, row => row.Xaf, ct);
        var balances = await Task.WhenAll(providers.All.Select(async provider => new ProviderBalanceView(
            provider.Name,
            provider.IsOn,
            provider.IsOn ? await provider.BalanceAsync(ct) : null,
            moved.GetValueOrDefault(Accounts.ClearingOf(provider.Name)))));
        return Answer.Ok(new ReadProviderBalancesResponse(balances));
    }
}
