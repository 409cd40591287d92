using EatFast.Errors;
using EatFast.Identity.Contracts.V1;
using Grpc.Core;
using IdentityClient = EatFast.Identity.Contracts.V1.Identity.IdentityClient;

namespace EatFast.Delivery.Clients;

public sealed record Contact(string Name, string Phone, string Email);

/// <summary>Asks Identity who somebody is and how to reach them; nothing of it may get into logs or events.</summary>
internal sealed class People(IdentityClient identity, ILogger<People> logger)
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

    /// <summary>For answers that are still useful without it: null for a guest, an erased user, or while Identity is away.</summary>
    public async Task<Contact?> FindContactAsync(Guid? userId, CancellationToken ct)
    {
        if (userId is not { } id)
            return null;
        try
        {
            return await GetContactAsync(id, ct);
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
