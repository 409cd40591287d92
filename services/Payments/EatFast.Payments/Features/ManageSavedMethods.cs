using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using EatFast.Errors;
using EatFast.Http;
using EatFast.Payments.Data;
using EatFast.Payments.Domain;
using EatFast.Security;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Payments.Features;

[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Skip)]
public sealed record SaveMethodRequest(
    string? Type, string? Method, string? Phone, string? PhoneNumber, [property: StringLength(50)] string? Label) : IValidatableObject
{
    internal string? Wanted => PaymentMethods.Parse(Type ?? Method ?? PaymentMethods.CamPay);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Wanted is not (PaymentMethods.CamPay or PaymentMethods.NouPay))
            yield return new ValidationResult("Only mobile-money numbers can be saved: campay or noupay.", ["Type"]);
        if (MobileNumber.Parse(Phone ?? PhoneNumber) is null)
            yield return new ValidationResult("Give a Cameroonian mobile number such as +237677777777.", ["Phone"]);
    }
}

/// <summary>A customer saves numbers to pay with; saving the same one again is the same wish.</summary>
internal static class ManageSavedMethods
{
    private const int Most = 10;

    public static void Map(IEndpointRouteBuilder payments)
    {
        payments.MapPost("/methods", HandleSave).WithName(nameof(ManageSavedMethods)).WithSummary("Save a number to pay with");
        payments.MapDelete("/methods/{methodId:guid}", HandleRemoval).WithName("RemoveSavedMethod").WithSummary("Forget a saved number");
    }

    internal static async Task<Created<Envelope<SavedMethodView>>> HandleSave(
        SaveMethodRequest request, CurrentUser user, PaymentsDbContext db, SavedMethods saved, PhoneCipher cipher, Operators operators,
        TimeProvider clock, CancellationToken ct)
    {
        var (number, type, now) = (MobileNumber.Parse(request.Phone ?? request.PhoneNumber)!, request.Wanted!, clock.GetUtcNow());
        var carrier = operators.Find(number) ?? throw new RuleViolatedException("PHONE_OPERATOR_UNSUPPORTED");
        var mine = await saved.ListAsync(user.Id, ct);
        if (mine.Find(known => known.Type == type && known.Phone == $"+{number.Msisdn}") is { } same)
            return Answer.Created(PathOf(same.Id), same);
        if (mine.Count >= Most)
            throw new RuleViolatedException("SAVED_METHODS_FULL", ("maximum", Most));
        var id = Guid.CreateVersion7(now);
        var method = SavedMethod.Of(id, user.Id, type, carrier.Name, cipher.Seal(number, id), request.Label, now);

        db.Add(method);
        await db.SaveChangesAsync(ct);
        return Answer.Created(PathOf(id), saved.ViewOf(method));
    }

    internal static async Task<NoContent> HandleRemoval(Guid methodId, CurrentUser user, PaymentsDbContext db, CancellationToken ct) =>
        await db.SavedMethods.Where(row => row.Id == methodId && row.CustomerId == user.Id).ExecuteDeleteAsync(ct) > 0
            ? TypedResults.NoContent()
            : throw new RuleViolatedException("SAVED_METHOD_NOT_FOUND");

    private static string PathOf(Guid id) => $"/api/v1/payments/methods/{id}";
}
