namespace EatFast.Identity.Domain;

/// <summary>How far the support desk is with a message.</summary>
public static class ContactStatus
{
    public const string New = "new";
    public const string InProgress = "in_progress";
    public const string Resolved = "resolved";
}

/// <summary>How soon somebody wants an answer.</summary>
public static class ContactPriority
{
    /// <summary>The stored word, or null for one that names no priority; who names none is not in a hurry.</summary>
    public static string? Find(string? word) => word?.Trim().ToLowerInvariant() switch
    {
        null or "" or "normal" or "medium" => "normal",
        "low" => "low",
        "high" => "high",
        "urgent" => "urgent",
        _ => null
    };
}

/// <summary>Who wrote what to support, and what support noted about it.</summary>
public sealed record ContactContent(
    string FirstName, string? LastName, string Email, string? Phone, string Subject, string Message, string? Source, string? Note = null)
{
    public override string ToString() => $"{nameof(ContactContent)} {{ hidden }}";
}

/// <summary>A message to support from somebody who need not have an account. The same one twice within minutes is one.</summary>
public sealed class ContactMessage : Submission<ContactContent>
{
    /// <summary>How long the same words again are taken for a second tap.</summary>
    public static readonly TimeSpan Repeat = TimeSpan.FromMinutes(10);

    private ContactMessage()
    {
    }

    /// <summary>What people can read out on the phone.</summary>
    public string Reference { get; private init; } = null!;

    public string Category { get; private init; } = null!;

    public string Priority { get; private init; } = null!;

    public string Status { get; private set; } = ContactStatus.New;

    /// <summary>A keyed hash of all that was sent.</summary>
    public byte[] Digest { get; private init; } = null!;

    public DateTimeOffset? ResolvedAt { get; private set; }

    protected override string Table => "contact_messages";

    public static ContactMessage Of(
        ContactContent content, string category, string priority, byte[] emailIndex, byte[] digest, DateTimeOffset now)
    {
        var id = Guid.CreateVersion7(now);
        var message = new ContactMessage
        {
            Id = id,
            Reference = $"CT-{id.ToString("N")[^8..].ToUpperInvariant()}",
            Category = category,
            Priority = priority,
            EmailIndex = emailIndex,
            Digest = digest,
            CreatedAt = now,
            UpdatedAt = now
        };
        message.Write(content);
        return message;
    }

    /// <summary>What is null stays.</summary>
    public void Work(string? status, string? note, DateTimeOffset now)
    {
        if (note is not null)
            Write(Read() with { Note = note });
        if (status is not null && status != Status)
        {
            Status = status;
            ResolvedAt = status == ContactStatus.Resolved ? now : null;
        }
        UpdatedAt = now;
    }
}
