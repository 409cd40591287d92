using EatFast.Errors;

namespace EatFast.Identity.Domain;

/// <summary>What somebody wants to be for us.</summary>
public static class PartnerType
{
    public const string Restaurant = "restaurant";
    public const string Driver = "driver";

    /// <summary>The stored type for any of its names, or null for a word that names none.</summary>
    public static string? Find(string word) => UserRole.Find(word.Trim().Replace('-', '_')) switch
    {
        UserRole.RestaurantOwner => Restaurant,
        UserRole.DeliveryAgent => Driver,
        _ => null
    };
}

/// <summary>How far an application is.</summary>
public static class ApplicationStatus
{
    public const string Pending = "pending";
    public const string UnderReview = "under_review";
    public const string Approved = "approved";
    public const string Rejected = "rejected";

    /// <summary>The one table of what an administrator may make of an application; a rejected one may be looked at again.</summary>
    public static bool MayFollow(string current, string next) => (current, next) switch
    {
        (Pending, UnderReview or Approved or Rejected) => true,
        (UnderReview, Approved or Rejected) => true,
        (Rejected, UnderReview) => true,
        _ => false
    };
}

/// <summary>Who applies, and with what.</summary>
public sealed record PartnerContent(
    string? BusinessName, string ContactName, string Email, string Phone, string? Address, string? Cuisine, string? Vehicle, string? Message)
{
    public override string ToString() => $"{nameof(PartnerContent)} {{ hidden }}";
}

/// <summary>A restaurant or a driver who wants to work with us. The id is all that its sender needs to ask how far it is, so nobody can guess it.</summary>
public sealed class PartnerApplication : Submission<PartnerContent>
{
    /// <summary>How long the same application again is taken for a second tap.</summary>
    public static readonly TimeSpan Repeat = TimeSpan.FromMinutes(10);

    private PartnerApplication()
    {
    }

    public string Type { get; private init; } = null!;

    public string City { get; private init; } = null!;

    public string Language { get; private init; } = null!;

    public string Status { get; private set; } = ApplicationStatus.Pending;

    public string? Reason { get; private set; }

    /// <summary>A keyed hash of all that was sent.</summary>
    public byte[] Digest { get; private init; } = null!;

    public DateTimeOffset? DecidedAt { get; private set; }

    protected override string Table => "partner_applications";

    public static PartnerApplication Of(
        string type, PartnerContent content, string city, string language, byte[] emailIndex, byte[] digest, DateTimeOffset now)
    {
        var application = new PartnerApplication
        {
            // All of it by chance: a time in it would be half of a guess.
            Id = Guid.NewGuid(),
            Type = type,
            City = city,
            Language = language,
            EmailIndex = emailIndex,
            Digest = digest,
            CreatedAt = now,
            UpdatedAt = now
        };
        application.Write(content);
        return application;
    }

    /// <summary>False when it is so already. Refuses with APPLICATION_STATUS_NOT_POSSIBLE.</summary>
    public bool Judge(string status, string? reason, DateTimeOffset now)
    {
        if (status == Status)
            return false;
        if (!ApplicationStatus.MayFollow(Status, status))
            throw new RuleViolatedException("APPLICATION_STATUS_NOT_POSSIBLE", ("current", Status), ("status", status));
        (Status, Reason, UpdatedAt) = (status, reason, now);
        DecidedAt = status is ApplicationStatus.Approved or ApplicationStatus.Rejected ? now : null;
        return true;
    }
}
