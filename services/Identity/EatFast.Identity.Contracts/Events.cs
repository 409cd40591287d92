// The namespace of an event is part of the wire contract: moving one is a breaking change.
namespace EatFast.Identity.Contracts;

/// <summary>Somebody made an account. Names and numbers are not in events: ask Identity with GetContact.</summary>
public sealed record UserRegistered(Guid UserId, string Role, string Language, DateTimeOffset RegisteredAt);

/// <summary>An administrator let somebody in, kept them out or let them back; <c>Until</c> ends a suspension by itself.</summary>
public sealed record UserStatusChanged(
    Guid ChangeId, Guid UserId, string Role, string Status, string PreviousStatus, DateTimeOffset? Until, DateTimeOffset ChangedAt);

/// <summary>An account has another role from now on; its older tokens are refused within a minute.</summary>
public sealed record UserRoleChanged(Guid ChangeId, Guid UserId, string Role, string PreviousRole, DateTimeOffset ChangedAt);

/// <summary>
/// A code has to reach somebody who proves an address or number with it. Where it goes and what it is are sealed for the
/// sender alone (<see cref="CodeSeal"/>): neither rests readable in an outbox or a broker.
/// </summary>
public sealed record CodeIssued(
    Guid CodeId, Guid? UserId, string Purpose, string Channel, string SealedAddress, string SealedCode, string? SealedToken,
    string Language, DateTimeOffset ExpiresAt, DateTimeOffset IssuedAt);

/// <summary>What <see cref="CodeIssued"/> is sealed with: a purpose of its own, and a place per value.</summary>
public static class CodeSeal
{
    public const string Purpose = "identity/issued-codes";

    public static string Place(string member, Guid codeId) => $"issued_codes|{member}|{codeId}";
}

/// <summary>
/// Something has to be said by mail to an address that need not be an account's: the support desk's, a subscriber's, an applicant's. Address
/// and values are sealed for the sender alone (<see cref="LetterSeal"/>); the kind names the wording.
/// </summary>
public sealed record LetterIssued(
    Guid LetterId, string Kind, string SealedAddress, string SealedValues, string Language, DateTimeOffset IssuedAt);

/// <summary>What <see cref="LetterIssued"/> is sealed with; the values are one JSON object of texts.</summary>
public static class LetterSeal
{
    public const string Purpose = "identity/letters";

    public static string Place(string member, Guid letterId) => $"letters|{member}|{letterId}";
}

/// <summary>A guest made an account: what belonged to the guest belongs to the user now.</summary>
public sealed record GuestConverted(Guid GuestId, Guid UserId, DateTimeOffset ConvertedAt);

/// <summary>A person is gone: whoever keeps something that names them removes it. Amounts and ids stay, for the books.</summary>
public sealed record UserErased(Guid UserId, DateTimeOffset ErasedAt);
