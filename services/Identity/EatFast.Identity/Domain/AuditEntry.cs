using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace EatFast.Identity.Domain;

/// <summary>
/// One line of the audit log. Its hash covers the line before it, so a line that is changed, taken out, put in or moved breaks
/// the chain from there on.
/// </summary>
public sealed class AuditEntry
{
    private AuditEntry()
    {
    }

    /// <summary>Counts from 1 without a gap.</summary>
    public long Number { get; private set; }

    public Guid ActionId { get; private set; }

    public string Service { get; private set; } = null!;

    public string Action { get; private set; } = null!;

    public Guid? ActorId { get; private set; }

    public string ActorRole { get; private set; } = null!;

    public string SubjectType { get; private set; } = null!;

    public Guid? SubjectId { get; private set; }

    /// <summary>A JSON object with sorted names.</summary>
    public string Details { get; private set; } = null!;

    public DateTimeOffset At { get; private set; }

    public byte[] PreviousHash { get; private set; } = null!;

    public byte[] Hash { get; private set; } = null!;

    /// <summary>Of the line before the first.</summary>
    public static byte[] Genesis { get; } = new byte[SHA256.HashSizeInBytes];

    public static AuditEntry After(AuditEntry? last, RecordedAction action)
    {
        var entry = new AuditEntry
        {
            Number = (last?.Number ?? 0) + 1,
            ActionId = action.Id,
            Service = action.Service,
            Action = action.Action,
            ActorId = action.ActorId,
            ActorRole = action.ActorRole,
            SubjectType = action.SubjectType,
            SubjectId = action.SubjectId,
            Details = JsonSerializer.Serialize(new SortedDictionary<string, string>(
                action.Details.ToDictionary(detail => detail.Key, detail => detail.Value), StringComparer.Ordinal)),
            // The database keeps microseconds: what is hashed has to be what is read back.
            At = new DateTimeOffset(action.At.UtcTicks / TimeSpan.TicksPerMicrosecond * TimeSpan.TicksPerMicrosecond, TimeSpan.Zero),
            PreviousHash = last?.Hash ?? Genesis
        };
        entry.Hash = entry.ComputeHash();
        return entry;
    }

    public byte[] ComputeHash() => SHA256.HashData(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(new object?[]
    {
        Convert.ToHexStringLower(PreviousHash), Number, ActionId, Service, Action, ActorId, ActorRole, SubjectType, SubjectId, Details,
        At.UtcTicks / TimeSpan.TicksPerMicrosecond
    })));
}

/// <summary>What is written into the log, as it was told.</summary>
public sealed record RecordedAction(
    Guid Id, string Service, string Action, Guid? ActorId, string ActorRole, string SubjectType, Guid? SubjectId,
    IReadOnlyDictionary<string, string> Details, DateTimeOffset At);
