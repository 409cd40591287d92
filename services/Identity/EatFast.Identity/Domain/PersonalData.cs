namespace EatFast.Identity.Domain;

/// <summary>Who somebody is and how to reach them, in the clear; lives only in memory and never prints itself into a log.</summary>
public sealed record PersonalData(string Email, string Phone, string FirstName, string LastName)
{
    public override string ToString() => $"{nameof(PersonalData)} {{ hidden }}";
}

/// <summary>
/// The same as stored: each value encrypted for its own row with the account's own key, e-mail and phone findable by a keyed hash
/// alone. A row from before there were such keys has none.
/// </summary>
public sealed record SealedPersonalData(
    string Email, string Phone, string FirstName, string LastName, byte[] EmailIndex, byte[] PhoneIndex, string? DataKey);
