using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;
using EatFast.Http;
using EatFast.Identity.Data;
using EatFast.Identity.Data.Protection;
using EatFast.Identity.Domain;
using EatFast.Identity.Input;
using Microsoft.AspNetCore.Http.HttpResults;

namespace EatFast.Identity.Features;

/// <summary>The website sends one name instead of two, and its topics as an object of what is true and false.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Skip)]
public sealed record SubscribeToNewsletterRequest(
    [property: Required, Email] string? Email,
    [property: PlainText, StringLength(80)] string? FirstName,
    [property: PlainText, StringLength(80)] string? LastName,
    [property: PlainText, StringLength(160)] string? Name,
    [property: MaxLength(20)] IReadOnlyList<string?>? Interests,
    JsonElement? Preferences,
    [property: PlainText, StringLength(80)] string? City,
    [property: AllowedValues(Http.Language.French, Http.Language.English, "", null)] string? Language,
    [property: PlainText, StringLength(60)] string? Source) : IValidatableObject
{
    private const int MostInterests = 20;
    private const int LongestInterest = 40;

    /// <summary>What somebody wants to read about, however it was said.</summary>
    internal IReadOnlyList<string> Topics() =>
        [.. (Interests ?? []).Concat(Preferred()).Select(topic => topic?.Trim().ToLowerInvariant()).OfType<string>().Distinct()];

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        var topics = Topics();
        if (topics.Count > MostInterests || topics.Any(topic => topic.Length is 0 or > LongestInterest || topic.Any(char.IsControl)))
            yield return new("An interest has 1 to 40 characters, and there are at most 20.", ["interests"]);
    }

    private IEnumerable<string> Preferred() => Preferences is { ValueKind: JsonValueKind.Object } wishes
        ? wishes.EnumerateObject().Where(wish => wish.Value.ValueKind == JsonValueKind.True).Select(wish => wish.Name)
        : [];
}

internal sealed record SubscribeToNewsletterResponse(string Status);

/// <summary>
/// Somebody wants the newsletter, and gets it once a mail to that address was answered. Who subscribes already gets the same answer, and
/// no mail: nobody learns here whether an address is known.
/// </summary>
internal static class SubscribeToNewsletter
{
    public static void Map(IEndpointRouteBuilder newsletter) => newsletter
        .MapPost("/", Handle)
        .WithName(nameof(SubscribeToNewsletter))
        .WithSummary("Subscribe to the newsletter");

    internal static async Task<Ok<Envelope<SubscribeToNewsletterResponse>>> Handle(
        SubscribeToNewsletterRequest request, HttpContext http, IdentityDbContext db, PersonalDataVault vault, Letters letters,
        TimeProvider clock, CancellationToken ct)
    {
        var language = request.Language is { Length: > 0 } chosen ? chosen : Language.Of(http);
        var city = PlainTextAttribute.Normalise(request.City)?.ToLowerInvariant();
        var content = new NewsletterContent(
            EmailAttribute.Normalise(request.Email!), PlainTextAttribute.Normalise(request.FirstName ?? request.Name),
            PlainTextAttribute.Normalise(request.LastName), request.Topics(), PlainTextAttribute.Normalise(request.Source));
        var index = vault.EmailIndex(content.Email);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await db.TakeTurnAsync(index, ct);
        var now = clock.GetUtcNow();
        var subscription = await db.LockSubscriptionAsync(index, ct);
        if (subscription is null)
            db.Add(subscription = NewsletterSubscription.Of(content, city, language, index, now));
        else
            subscription.Ask(content, city, language, now);
        if (subscription.NeedsMail(now))
            letters.AskToConfirm(subscription, now);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return Answer.Ok(new SubscribeToNewsletterResponse(SubscriptionStatus.Pending));
    }
}
