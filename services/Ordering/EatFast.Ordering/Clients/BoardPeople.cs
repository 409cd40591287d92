using EatFast.Errors;
using EatFast.Identity.Contracts.V1;
using EatFast.Ordering.Domain;
using Grpc.Core;
using Microsoft.Extensions.Caching.Memory;
using IdentityClient = EatFast.Identity.Contracts.V1.Identity.IdentityClient;

namespace EatFast.Ordering.Clients;

internal sealed record BoardDriver(string? Name, string? Phone);

/// <summary>
/// Who an order is for and who fetches it, as far as a kitchen has to know: a first name with an initial, and how to call the driver.
/// Kept for minutes and in memory only, because the board asks every ten seconds and names belong to Identity.
/// </summary>
internal sealed class BoardPeople(IdentityClient identity, DeliveryQuotes delivery, IMemoryCache known, ILogger<BoardPeople> logger)
{
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(500);
    private static readonly BoardDriver Nobody = new(null, null);

    /// <summary>Nobody's name is worth a board that does not come: who cannot be asked in time stays unnamed.</summary>
    public async Task<(Dictionary<Guid, string> Customers, Dictionary<Guid, BoardDriver> Drivers)> OfAsync(IReadOnlyCollection<Order> orders, CancellationToken ct)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(Patience);
        var customers = orders.Where(order => order.SealedGuest is null).Select(order => order.CustomerId).Distinct()
            .Select(async id => (Id: id, Name: await AskAsync($"customer {id}", "", token => NameAsync(id, token), patience.Token, ct))).ToList();
        var drivers = orders.Where(order => order.DriverId is not null).DistinctBy(order => order.DriverId)
            .Select(async order => (Id: order.DriverId!.Value, Driver: await AskAsync(
                $"driver {order.DriverId}", Nobody, token => DriverAsync(order.Id, order.DriverId.Value, token), patience.Token, ct))).ToList();
        return ((await Task.WhenAll(customers)).ToDictionary(person => person.Id, person => person.Name),
            (await Task.WhenAll(drivers)).ToDictionary(person => person.Id, person => person.Driver));
    }

    private async Task<string?> NameAsync(Guid customerId, CancellationToken ct)
    {
        var contact = await identity.GetContactAsync(new GetContactRequest { UserId = customerId.ToString() }, cancellationToken: ct);
        return contact.LastName.Length > 0 ? $"{contact.FirstName} {contact.LastName[..1]}." : contact.FirstName;
    }

    private async Task<BoardDriver?> DriverAsync(Guid orderId, Guid driverId, CancellationToken ct) =>
        await delivery.FindAsync(orderId, ct) is { } ride && ride.DriverId == driverId ? new(ride.DriverName, ride.DriverPhone) : null;

    private async Task<T> AskAsync<T>(string key, T without, Func<CancellationToken, Task<T?>> ask, CancellationToken patience, CancellationToken ct)
        where T : class
    {
        if (known.TryGetValue(key, out T? found))
            return found!;
        try
        {
            return await ask(patience) is { } told ? known.Set(key, told, Kept) : without;
        }
        catch (RuleViolatedException)
        {
            return known.Set(key, without, Kept);
        }
        catch (Exception away) when (away is RpcException or OperationCanceledException && !ct.IsCancellationRequested)
        {
            logger.LogInformation("Somebody on the board could not be named in time: {Reason}", away.Message);
            return without;
        }
    }
}
