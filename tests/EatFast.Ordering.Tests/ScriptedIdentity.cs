using System.Collections.Concurrent;
using EatFast.Errors;
using EatFast.Identity.Contracts.V1;
using Grpc.Core;

namespace EatFast.Ordering.Tests;

/// <summary>Identity as a test needs it: it knows the guest sessions that were started here.</summary>
internal sealed class ScriptedIdentity : EatFast.Identity.Contracts.V1.Identity.IdentityBase
{
    private readonly ConcurrentDictionary<string, Guid> _guests = new();

    /// <summary>The number that was proven in a session, as its guest writes it.</summary>
    public ConcurrentDictionary<string, string> ProvenPhones { get; } = new();

    /// <summary>The secret of a new session, and the guest it stands for.</summary>
    public (string Session, Guid Guest) StartSession()
    {
        var (session, guest) = ($"{Guid.NewGuid()}", Guid.NewGuid());
        _guests[session] = guest;
        return (session, guest);
    }

    /// <summary>Whoever is here has an account.</summary>
    public ConcurrentDictionary<Guid, GetContactReply> People { get; } = new();

    public override Task<GetContactReply> GetContact(GetContactRequest request, ServerCallContext context) =>
        People.TryGetValue(Guid.Parse(request.UserId), out var contact)
            ? Task.FromResult(contact)
            : throw new RuleViolatedException("USER_NOT_FOUND") { Refusal = new(404, "Inconnu.", "Unknown.") };

    public override Task<GetGuestSessionReply> GetGuestSession(GetGuestSessionRequest request, ServerCallContext context) =>
        _guests.TryGetValue(request.SessionId, out var guest)
            ? Task.FromResult(ReplyOf(request, guest))
            : throw new RuleViolatedException("GUEST_SESSION_NOT_FOUND") { Refusal = new(404, "Expirée.", "Expired.") };

    private GetGuestSessionReply ReplyOf(GetGuestSessionRequest request, Guid guest) => new()
    {
        GuestId = $"{guest}",
        Language = "fr",
        PhoneProven = request.Phone.Length > 0 && ProvenPhones.GetValueOrDefault(request.SessionId) == request.Phone
    };
}
