using EatFast.Errors;
using EatFast.Identity.Contracts.V1;
using EatFast.Payments.Domain;
using Grpc.Core;
using IdentityClient = EatFast.Identity.Contracts.V1.Identity.IdentityClient;

namespace EatFast.Payments.Clients;

/// <summary>Asks Identity whether somebody has proven a phone number with a code; the one to be charged has to be the proven one.</summary>
internal sealed class PhoneProof(IdentityClient identity, RiskOptions options, ILogger<PhoneProof> logger)
{
    /// <summary>The number that somebody has proven; null without one. Identity has to answer.</summary>
    public async Task<string?> FindProvenAsync(Guid userId, CancellationToken ct)
    {
        try
        {
            var contact = await identity.GetContactAsync(new GetContactRequest { UserId = userId.ToString() }, cancellationToken: ct);
            return contact.PhoneVerified ? contact.Phone : null;
        }
        catch (Exception unknown) when (unknown is RuleViolatedException or RpcException { StatusCode: StatusCode.NotFound })
        {
            return null;
        }
    }

    /// <summary>Null while Identity does not say; false for a guest, whom it does not know.</summary>
    public async Task<bool?> IsProvenAsync(Guid userId, string? chargedPhone, CancellationToken ct)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(options.NeighbourPatience);
        try
        {
            var contact = await identity.GetContactAsync(
                new GetContactRequest { UserId = userId.ToString() }, cancellationToken: patience.Token);
            return contact.PhoneVerified && (chargedPhone is null || MobileNumber.Parse(contact.Phone)?.Msisdn == chargedPhone);
        }
        catch (Exception unknown) when (unknown is RuleViolatedException or RpcException { StatusCode: StatusCode.NotFound })
        {
            return false;
        }
        catch (Exception away) when (away is RpcException or OperationCanceledException && !ct.IsCancellationRequested)
        {
            logger.LogWarning("Identity did not say in time whether a number is proven: {Reason}", away.Message);
            return null;
        }
    }
}
