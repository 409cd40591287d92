using System.ComponentModel.DataAnnotations;
using EatFast.Errors;
using EatFast.Http;
using EatFast.Notifications.Clients;
using EatFast.Notifications.Data;
using EatFast.Notifications.Domain;
using EatFast.Security;
using Microsoft.AspNetCore.Http.HttpResults;
using PhoneNumbers;

namespace EatFast.Notifications.Features;

public sealed record QueueSmsRequest(
    Guid? UserId,
    [property: StringLength(20)] string? Phone,
    [property: Required, StringLength(459)] string Message) : IValidatableObject
{
    /// <summary>The number in E.164, or null when it is none; without a country it is taken for Cameroonian.</summary>
    public string? InternationalPhone()
    {
        var numbers = PhoneNumberUtil.GetInstance();
        try
        {
            var number = numbers.Parse(Phone, "CM");
            return numbers.IsValidNumber(number) ? numbers.Format(number, PhoneNumberFormat.E164) : null;
        }
        catch (NumberParseException)
        {
            return null;
        }
    }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (UserId is null == Phone is null || UserId == Guid.Empty)
            yield return new ValidationResult("Give either userId or phone.", ["userId"]);
        if (Phone is not null && InternationalPhone() is null)
            yield return new ValidationResult("This is no phone number.", ["phone"]);
        if (Message.Any(letter => char.IsControl(letter) && letter != '\n'))
            yield return new ValidationResult("Control characters cannot be sent.", ["message"]);
    }
}

internal sealed record QueueSmsResponse(Guid Id, string Channel, string Status);

/// <summary>An operator texts somebody; the words and the number rest sealed until they are sent, and are erased then.</summary>
internal static class QueueSms
{
    public static void Map(IEndpointRouteBuilder notifications) => notifications
        .MapPost("/sms", Handle)
        .RequireAuthorization(Policies.Admin)
        .WithIdempotency<NotificationsDbContext>()
        .WithName(nameof(QueueSms))
        .WithSummary("Send a text message (operators)");

    internal static async Task<Accepted<Envelope<QueueSmsResponse>>> Handle(
        QueueSmsRequest request, HttpContext http, NotificationsDbContext db, Contacts contacts, Sealer sealer, TimeProvider clock,
        CancellationToken ct)
    {
        if (request.UserId is { } userId)
        {
            var contact = await contacts.FindAsync(userId, ct) ?? throw new RuleViolatedException("USER_NOT_FOUND");
            if (contact.Phone.Length == 0)
                throw new RuleViolatedException("PHONE_MISSING");
        }
        var now = clock.GetUtcNow();
        var id = Guid.CreateVersion7(now);
        var phone = request.InternationalPhone() is { } number ? sealer.Seal(number, id, nameof(OutgoingMessage.SealedPhone)) : null;
        var text = sealer.Seal(request.Message, id, nameof(OutgoingMessage.SealedText));

        db.Add(OutgoingMessage.ByOperator(id, request.UserId, phone, text, now));
        var answer = Answer.Accepted(new QueueSmsResponse(id, Channels.Sms, MessageStatus.Queued));
        db.Remember(http, StatusCodes.Status202Accepted, null, answer.Value!);
        await db.SaveChangesAsync(ct);

        return answer;
    }
}
