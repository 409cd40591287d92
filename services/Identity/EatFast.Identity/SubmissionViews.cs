using EatFast.Identity.Domain;

namespace EatFast.Identity;

/// <summary>A message to support as operators see it.</summary>
internal sealed record ContactMessageView(
    Guid Id, string Reference, string Status, string Category, string Priority, string FirstName, string? LastName, string Email,
    string? Phone, string Subject, string Message, string? Source, string? Note, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt,
    DateTimeOffset? ResolvedAt)
{
    public static ContactMessageView Of(ContactMessage message)
    {
        var content = message.Read();
        return new(
            message.Id, message.Reference, message.Status, message.Category, message.Priority, content.FirstName, content.LastName,
            content.Email, content.Phone, content.Subject, content.Message, content.Source, content.Note, message.CreatedAt,
            message.UpdatedAt, message.ResolvedAt);
    }
}

/// <summary>A subscriber of the newsletter, or somebody who has not confirmed it yet.</summary>
internal sealed record SubscriberView(
    Guid Id, string Status, string Email, string? FirstName, string? LastName, IReadOnlyList<string> Interests, string? City,
    string Language, string? Source, DateTimeOffset CreatedAt, DateTimeOffset? ConfirmedAt)
{
    public static SubscriberView Of(NewsletterSubscription subscription)
    {
        var content = subscription.Read();
        return new(
            subscription.Id, subscription.Status, content.Email, content.FirstName, content.LastName, content.Interests,
            subscription.City, subscription.Language, content.Source, subscription.CreatedAt, subscription.ConfirmedAt);
    }
}

/// <summary>An application as operators see it.</summary>
internal sealed record PartnerApplicationView(
    Guid Id, string Type, string Status, string? Reason, string? BusinessName, string ContactName, string Email, string Phone, string City,
    string? Address, string? Cuisine, string? Vehicle, string? Message, string Language, DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt, DateTimeOffset? DecidedAt)
{
    public static PartnerApplicationView Of(PartnerApplication application)
    {
        var content = application.Read();
        return new(
            application.Id, application.Type, application.Status, application.Reason, content.BusinessName, content.ContactName,
            content.Email, content.Phone, application.City, content.Address, content.Cuisine, content.Vehicle, content.Message,
            application.Language, application.CreatedAt, application.UpdatedAt, application.DecidedAt);
    }
}
