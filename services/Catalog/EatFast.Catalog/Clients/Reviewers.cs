using EatFast.Errors;
using EatFast.Identity.Contracts.V1;
using Grpc.Core;
using Microsoft.Extensions.Caching.Memory;
using IdentityClient = EatFast.Identity.Contracts.V1.Identity.IdentityClient;

namespace EatFast.Catalog.Clients;

/// <summary>
/// Asks Identity what a reviewer may be called in public, the first name and an initial. It is kept for minutes and in memory only, so
/// that somebody who left is soon nameless here too.
/// </summary>
internal sealed class Reviewers(IdentityClient identity, IMemoryCache names, ILogger<Reviewers> logger)
{
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(500);

    /// <summary>Empty for whoever is unknown, and while Identity does not answer: reviews are worth reading without names.</summary>
    public async Task<IReadOnlyDictionary<Guid, string>> NamesOfAsync(IEnumerable<Guid> userIds, CancellationToken ct)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(Patience);
        var named = await Task.WhenAll(userIds.Distinct().Select(async id => (Id: id, Name: await NameAsync(id, patience.Token, ct))));
        return named.ToDictionary(person => person.Id, person => person.Name);
    }

    private async Task<string> NameAsync(Guid userId, CancellationToken patience, CancellationToken ct)
    {
        var key = $"reviewer {userId}";
        if (names.TryGetValue(key, out string? known))
            return known!;
        try
        {
            var contact = await identity.GetContactAsync(new GetContactRequest { UserId = userId.ToString() }, cancellationToken: patience);
            return names.Set(key, contact.LastName.Length > 0 ? $"{contact.FirstName} {contact.LastName[..1]}." : contact.FirstName, Kept);
        }
        catch (RuleViolatedException)
        {
            return names.Set(key, "", Kept);
        }
        catch (Exception away) when (away is RpcException or OperationCanceledException && !ct.IsCancellationRequested)
        {
            logger.LogInformation("Identity did not name a reviewer in time: {Reason}", away.Message);
            return "";
        }
    }
}
