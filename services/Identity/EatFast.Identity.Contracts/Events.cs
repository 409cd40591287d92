// The namespace of an event is part of the wire contract: moving one is a breaking change.
namespace EatFast.Identity.Contracts;

/// <summary>Somebody made an account. Names and numbers are not in events: ask Identity with GetContact.</summary>
public sealed record UserRegistered(Guid UserId, string Role, string Language, DateTimeOffset RegisteredAt);
