using EatFast.Messaging;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Security;

/// <summary>
/// Something sensitive was done. Every service announces it with the change itself, and Identity keeps them all in one
/// tamper-evident log; details are ids, amounts and short words, never personal data.
/// </summary>
public sealed record ActionRecorded(
    Guid ActionId, string Service, string Action, Guid? ActorId, string ActorRole, string SubjectType, Guid? SubjectId,
    IReadOnlyDictionary<string, string> Details, DateTimeOffset At);

/// <summary>The one line a feature writes to leave a trace of what it did and for whom.</summary>
public static class AuditTrail
{
    /// <summary>Who acts when nobody is signed in.</summary>
    public const string Anonymous = "anonymous";

    /// <summary>Stages the record; it is announced if, and only if, the next save commits.</summary>
    /// <param name="db">The context that also holds the change.</param>
    /// <param name="actor">Who did it; null for somebody who is not signed in.</param>
    /// <param name="action">A stable name such as <c>user.suspended</c>.</param>
    /// <param name="subjectType">What was acted on: <c>user</c>, <c>payout</c>, <c>restaurant</c>.</param>
    /// <param name="subjectId">Which one.</param>
    /// <param name="now">When.</param>
    /// <param name="details">Names and values that explain it.</param>
    public static void RecordAction(
        this DbContext db, CurrentUser? actor, string action, string subjectType, Guid? subjectId, DateTimeOffset now,
        params (string Name, string? Value)[] details)
    {
        var id = Guid.CreateVersion7(now);
        var known = details.Where(detail => detail.Value is not null).ToDictionary(detail => detail.Name, detail => detail.Value!);
        var record = new ActionRecorded(
            id, db.Model.GetDefaultSchema() ?? "", action, actor?.Id, actor?.Role ?? Anonymous, subjectType, subjectId, known, now);
        // Its own partition: the log must not hold back the subject's other events.
        db.Announce(record, about: id, now);
    }
}
