using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using EatFast.Errors;
using EatFast.Http;
using EatFast.Identity.Data;
using EatFast.Identity.Domain;
using EatFast.Identity.Input;
using Microsoft.AspNetCore.Http.HttpResults;

namespace EatFast.Identity.Features;

[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Skip)]
public sealed record SendGuestCodeRequest(
    [property: Required, PhoneNumber(IsMobileHere = true, ErrorMessage = SendGuestCodeRequest.Wanted)] string? Phone)
{
    internal const string Wanted = "Give a Cameroonian mobile number such as +237677777777.";
}

[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Skip)]
public sealed record VerifyGuestPhoneRequest(
    [property: Required, PhoneNumber(IsMobileHere = true, ErrorMessage = SendGuestCodeRequest.Wanted)] string? Phone,
    [property: Required, RegularExpression(@"\s*\d{6}\s*")] string? Code);

internal sealed record VerifyGuestPhoneResponse(bool Verified);

/// <summary>
/// A guest shows to be reached at a number, by a code, and may pay for orders to that number in cash. The session keeps the number's hash
/// alone, and neighbours are told yes or no to a number that they name.
/// </summary>
internal static class ProveGuestPhone
{
    public const string Header = "X-Guest-Session";

    public static void Map(IEndpointRouteBuilder phone)
    {
        phone.MapPost("/code", HandleCode).WithName("SendGuestPhoneCode").WithSummary("Send a code to a guest's phone, to pay in cash");
        phone.MapPost("/verify", Handle).WithName("VerifyGuestPhone").WithSummary("Prove a guest's phone by its code");
    }

    internal static async Task<Ok<Envelope<CodeSent>>> HandleCode(
        SendGuestCodeRequest request, HttpContext http, IdentityDbContext db, Recipients recipients, SecurityCodes codes, TimeProvider clock,
        CancellationToken ct)
    {
        var guest = await RequireGuestAsync(http, db, clock.GetUtcNow(), ct);
        return Answer.Ok(CodeSent.Of(await codes.IssueAsync(CodePurpose.GuestPhone, recipients.OfGuest(guest, request.Phone!), ct)));
    }

    internal static async Task<Ok<Envelope<VerifyGuestPhoneResponse>>> Handle(
        VerifyGuestPhoneRequest request, HttpContext http, IdentityDbContext db, Recipients recipients, SecurityCodes codes, TimeProvider clock,
        CancellationToken ct)
    {
        var known = await RequireGuestAsync(http, db, clock.GetUtcNow(), ct);
        var phone = recipients.OfGuest(known, request.Phone!).AddressIndex;
        var code = await codes.CheckOfGuestAsync(known.Id, phone, request.Code!.Trim(), ct)
            ?? throw new RuleViolatedException("INVALID_CODE");

        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var guest = await db.LockGuestAsync(known.Id, ct);
        if (!await codes.SpendAsync(code, ct))
            throw new RuleViolatedException("INVALID_CODE");
        guest.ProvePhone(phone, clock.GetUtcNow());
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return Answer.Ok(new VerifyGuestPhoneResponse(true));
    }

    private static async Task<GuestSession> RequireGuestAsync(HttpContext http, IdentityDbContext db, DateTimeOffset now, CancellationToken ct) =>
        await db.FindGuestAsync(http.Request.Headers[Header].ToString(), ct) is { } guest && guest.IsLive(now)
            ? guest
            : throw new RuleViolatedException("GUEST_SESSION_EXPIRED");
}
