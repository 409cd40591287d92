using EatFast.Identity.Contracts.V1;
using EatFast.Identity.Features;
using Grpc.Core;

namespace EatFast.Identity.Grpc;

/// <summary>What neighbours may ask about accounts; served on the internal port alone.</summary>
internal sealed class IdentityGrpcService(GetUser users, GetContact contacts, GetGuestSession guests) : Contracts.V1.Identity.IdentityBase
{
    public override async Task<GetUserReply> GetUser(GetUserRequest request, ServerCallContext context)
    {
        var user = await users.FindAsync(request.UserId, context.CancellationToken);
        return new GetUserReply { UserId = request.UserId, Role = user.Role, Status = user.Status };
    }

    public override async Task<GetGuestSessionReply> GetGuestSession(GetGuestSessionRequest request, ServerCallContext context)
    {
        var guest = await guests.FindAsync(request.SessionId, request.Phone, context.CancellationToken);
        return new GetGuestSessionReply { GuestId = $"{guest.GuestId}", Language = guest.Language, PhoneProven = guest.IsPhoneProven };
    }

    public override async Task<GetContactReply> GetContact(GetContactRequest request, ServerCallContext context)
    {
        var (person, language, isPhoneVerified) = await contacts.FindAsync(request.UserId, context.CancellationToken);
        return new GetContactReply
        {
            UserId = request.UserId,
            FirstName = person.FirstName,
            LastName = person.LastName,
            Email = person.Email,
            Phone = person.Phone,
            Language = language,
            PhoneVerified = isPhoneVerified
        };
    }
}
