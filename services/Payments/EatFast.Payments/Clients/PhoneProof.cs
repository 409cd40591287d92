using EatFast.Errors;
using EatFast.Identity.Contracts.V1;
using EatFast.Payments.Domain;
using Grpc.Core;
using IdentityClient = EatFast.Identity.Contracts.V1.Identity.IdentityClient;

namespace EatFast.Payments.Clients;

/// <summary>Asks Identity whether somebody has proven a phone number with a code; the one to be charged has to be the proven one.</summary>
internal sealed class PhoneProof(IdentityClient identity, RiskOptions options, ILogger<PhoneProof> logger)
{
    // A judgement needs two things of one answer.
    private (Guid UserId, Task<Said> Answer)? _asked;

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

    /// <summary>The number that somebody's account has, proven or not; null for a guest, and while Identity does not say.</summary>
    public async Task<string?> FindNumberAsync(Guid userId, CancellationToken ct) =>
        MobileNumber.Parse((await AskOnceAsync(userId, ct)).Phone)?.Msisdn;

    /// <summary>Null while Identity does not say; false for a guest, whom it does not know.</summary>
    public async Task<bool?> IsProvenAsync(Guid userId, string? chargedPhone, CancellationToken ct)
    {
        var said = await AskOnceAsync(userId, ct);
        return !said.IsAnswered ? null
            : said.IsProven && (chargedPhone is null || MobileNumber.Parse(said.Phone)?.Msisdn == chargedPhone);
    }

    private Task<Said> AskOnceAsync(Guid userId, CancellationToken ct)
    {
        if (_asked is not { } asked || asked.UserId != userId)
            _asked = asked = (userId, AskAsync(userId, ct));
        return asked.Answer;
    }

    private async Task<Said> AskAsync(Guid userId, CancellationToken ct)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(options.NeighbourPatience);
        try
        {
            var contact = await identity.GetContactAsync(
                new GetContactRequest { UserId = userId.ToString() }, cancellationToken: patience.Token);
            return new(true, contact.Phone, contact.PhoneVerified);
        }
        catch (Exception unknown) when (unknown is RuleViolatedException or RpcException { StatusCode: StatusCode.NotFound })
        {
            return new(true);
        }
        catch (Exception away) when (away is RpcException or OperationCanceledException && !ct.IsCancellationRequested)
        {
            logger.LogWarning("Identity did not say in time what somebody's number is: {Reason}", away.Message);
            return new(false);
        }
    }

    private sealed record Said(bool IsAnswered, string? Phone = null, bool IsProven = false);
}
