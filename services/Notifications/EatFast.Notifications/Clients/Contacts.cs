using EatFast.Errors;
using Grpc.Core;
using IdentityClient = EatFast.Identity.Contracts.V1.Identity.IdentityClient;

namespace EatFast.Notifications.Clients;

internal sealed record Contact(string FirstName, string Email, string Phone, string Language);

/// <summary>Asks Identity how to reach somebody, each time anew: addresses are not kept here.</summary>
internal sealed class Contacts(IdentityClient identity)
{
    public async Task<Contact?> FindAsync(Guid userId, CancellationToken ct)
    {
        try
        {
            var reply = await identity.GetContactAsync(new() { UserId = userId.ToString() }, cancellationToken: ct);
            return new Contact(reply.FirstName, reply.Email, reply.Phone, reply.Language);
        }
        catch (RuleViolatedException refused) when (refused.Refusal?.Status == StatusCodes.Status404NotFound)
        {
            return null;
        }
        catch (RpcException rpc) when (rpc.StatusCode == StatusCode.NotFound)
        {
            return null;
        }
    }
}
