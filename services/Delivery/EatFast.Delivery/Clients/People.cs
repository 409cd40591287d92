using EatFast.Delivery.Domain;
using EatFast.Errors;
using EatFast.Identity.Contracts.V1;
using Grpc.Core;
using IdentityClient = EatFast.Identity.Contracts.V1.Identity.IdentityClient;

namespace EatFast.Delivery.Clients;

public sealed record Contact(string Name, string Phone, string Email);

/// <summary>Asks Identity who somebody is and how to reach them; nothing of it may get into logs or events.</summary>
internal sealed class People(IdentityClient identity, OrderLookup orders, ILogger<People> logger)
{
    public const string Active = "active";

    /// <summary>Refuses with ACCOUNT_PENDING, ACCOUNT_SUSPENDED or DRIVER_NOT_FOUND.</summary>
    public async Task RequireActiveAsync(Guid userId, CancellationToken ct)
    {
        var status = await GetAccountStatusAsync(userId, ct);
        if (status != Active)
            throw new RuleViolatedException(status == "pending" ? "ACCOUNT_PENDING" : "ACCOUNT_SUSPENDED");
    }

    public async Task<string> GetAccountStatusAsync(Guid userId, CancellationToken ct)
    {
        var request = new GetUserRequest { UserId = userId.ToString() };
        return (await KnownAsync(identity.GetUserAsync(request, cancellationToken: ct).ResponseAsync)).Status;
    }

    public async Task<Contact> GetContactAsync(Guid userId, CancellationToken ct)
    {
        var request = new GetContactRequest { UserId = userId.ToString() };
        var reply = await KnownAsync(identity.GetContactAsync(request, cancellationToken: ct).ResponseAsync);
        return new($"{reply.FirstName} {reply.LastName}".Trim(), reply.Phone, reply.Email);
    }

    /// <summary>For answers that are still useful without it: null for who is not known, or while nobody says.</summary>
    public Task<Contact?> FindContactAsync(Guid userId, CancellationToken ct) => FindAsync(async () => await GetContactAsync(userId, ct));

    /// <summary>Whom to call at the door. A guest is named by the order, also after making an account that may have no number.</summary>
    public async Task<Contact?> FindCustomerAsync(OrderToDeliver order, CancellationToken ct)
    {
        var account = order.CustomerId is { } id ? await FindContactAsync(id, ct) : null;
        return account is { Phone.Length: > 0 } ? account : await FindAsync(() => orders.FindGuestAsync(order.OrderId, ct)) ?? account;
    }

    private async Task<Contact?> FindAsync(Func<Task<Contact?>> find)
    {
        try
        {
            return await find();
        }
        catch (RuleViolatedException)
        {
            return null;
        }
        catch (RpcException unreachable)
        {
            logger.LogWarning("Answering without contact data: {Status}", unreachable.StatusCode);
            return null;
        }
    }

    private static async Task<T> KnownAsync<T>(Task<T> reply)
    {
        try
        {
            return await reply;
        }
        catch (RuleViolatedException refused) when (refused.Refusal?.Status == 404)
        {
            throw new RuleViolatedException("DRIVER_NOT_FOUND");
        }
        catch (RpcException rpc) when (rpc.StatusCode == StatusCode.NotFound)
        {
            throw new RuleViolatedException("DRIVER_NOT_FOUND");
        }
    }
}
