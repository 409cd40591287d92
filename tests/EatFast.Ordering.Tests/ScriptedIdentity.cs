using System.Collections.Concurrent;
using EatFast.Errors;
using EatFast.Identity.Contracts.V1;
using Grpc.Core;

namespace EatFast.Ordering.Tests;

/// <summary>Identity as a test needs it: it knows the guest sessions that were started here.</summary>
internal sealed class ScriptedIdentity : EatFast.Identity.Contracts.V1.Identity.IdentityBase
{
    private readonly ConcurrentDictionary<string, Guid> _guests = new();

    /// <summary>The secret of a new session, and the guest it stands for.</summary>
    public (string Session, Guid Guest) StartSession()
    {
        var (session, guest) = ($"{Guid.NewGuid()}", Guid.NewGuid());
        _guests[session] = guest;
        return (session, guest);
    }

    public override Task<GetGuestSessionReply> GetGuestSession(GetGuestSessionRequest request, ServerCallContext context) =>
        _guests.TryGetValue(request.SessionId, out var guest)
            ? Task.FromResult(new GetGuestSessionReply { GuestId = $"{guest}", Language = "fr" })
            : throw new RuleViolatedException("GUEST_SESSION_NOT_FOUND") { Refusal = new(404, "Expirée.", "Expired.") };
}
