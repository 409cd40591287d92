using System.Text.Json;
using System.Text.Json.Serialization;
using EatFast.Identity.Data;
using EatFast.Identity.Data.Protection;
using EatFast.Identity.Domain;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Identity;

/// <summary>The <c>user</c> object of the contract; the clients cast several members hard, so all of them are always there.</summary>
internal sealed record UserView(
    Guid Id, string Email, string Phone, string FirstName, string LastName, string Role, string Status, string Language, string? City,
    string? Avatar, string? Bio, JsonElement? Preferences, JsonElement? Location, bool EmailVerified, bool PhoneVerified, bool TwoFactorEnabled, string? TwoFactorMethod, string? GoogleId,
    string? AppleId, string? PushToken, string? ReferralCode, Guid? ReferredBy, long LoyaltyPoints, string LoyaltyTier, int TotalOrders,
    long TotalSpent,
    DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, DateTimeOffset? LastLoginAt)
{
    /// <summary>Only on /auth/me, where the mobile client looks for the same values one level down.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public UserView? User { get; init; }

    public static UserView Of(User user, PersonalDataVault vault)
    {
        var (person, told) = (vault.Open(user), ProfileExtras.Of(user, vault));
        return new(
            user.Id, person.Email, person.Phone, person.FirstName, person.LastName, user.Role, user.Status, user.Language, user.City,
            user.Avatar, told.Bio, told.Preferences, Location: null, user.EmailVerified, user.PhoneVerified, user.TwoFactorEnabled,
            TwoFactorMethod: null, GoogleId: null, AppleId: null, PushToken: null, ReferralCode: null, ReferredBy: null,
            user.LoyaltyPoints, user.LoyaltyTier, user.TotalOrders, user.TotalSpent, user.CreatedAt, user.UpdatedAt, user.LastLoginAt);
    }
}

/// <summary>What somebody says of themselves and prefers.</summary>
internal sealed record ProfileExtras(string? Bio, JsonElement? Preferences)
{
    public static ProfileExtras Of(User user, PersonalDataVault vault) =>
        vault.OpenExtras(user) is { } kept ? JsonSerializer.Deserialize<ProfileExtras>(kept)! : new(null, null);
}

/// <summary>What a client gets when it has signed in; <c>token</c> is the old clients' name for the access token.</summary>
internal sealed record AuthAnswer(UserView User, string Token, string AccessToken, string RefreshToken, int ExpiresIn);

/// <summary>A code is on its way, or would be if the address belonged to anybody.</summary>
internal sealed record CodeSent(Guid OtpId, int ExpiresIn, bool Sent)
{
    public static CodeSent Of(OneTimeCode code) => new(code.Id, (int)(code.ExpiresAt - code.IssuedAt).TotalSeconds, true);
}

internal sealed record RemovedView(Guid Id);

/// <summary>An address under the names of both generations of clients.</summary>
internal sealed record AddressView(
    Guid Id, string? Label, string Address, string Street, string StreetAddress, string? Apartment, string? BuildingInfo, string? City,
    string? District, string? Landmark, string? State, string? PostalCode, string Country, double? Latitude, double? Longitude,
    string? Instructions, string? DeliveryInstructions, bool IsDefault, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt)
{
    public static AddressView Of(Address address, AddressContent content) => new(
        address.Id, content.Label, LineOf(content), content.Street, content.Street, content.Apartment, content.BuildingInfo, content.City,
        content.District, content.Landmark, content.State, content.PostalCode, content.Country, content.Latitude, content.Longitude,
        content.Instructions, content.Instructions, address.IsDefault, address.CreatedAt, address.UpdatedAt);

    private static string LineOf(AddressContent content) =>
        string.Join(", ", new[] { content.Street, content.District, content.City }.Where(part => part is not null).Distinct());
}

/// <summary>An account as operators see it: with the state it is in, why, and until when.</summary>
internal sealed record AdminUserView(
    Guid Id, string Email, string Phone, string FirstName, string LastName, string Role, string Status, string? StatusReason,
    DateTimeOffset? SuspendedUntil, string Language, string? City, bool EmailVerified, bool PhoneVerified,
    DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, DateTimeOffset? LastLoginAt)
{
    public static AdminUserView Of(User user, PersonalData person) => new(
        user.Id, person.Email, person.Phone, person.FirstName, person.LastName, user.Role, user.Status, user.StatusReason,
        user.SuspendedUntil, user.Language, user.City, user.EmailVerified, user.PhoneVerified,
        user.CreatedAt, user.UpdatedAt, user.LastLoginAt);
}

/// <summary>A trusted device as its owner sees it.</summary>
internal sealed record TrustedDeviceView(
    Guid Id, string Name, string DeviceType, string UserAgent, DateTimeOffset AddedAt, DateTimeOffset LastUsed, bool IsActive)
{
    public static async Task<IReadOnlyList<TrustedDeviceView>> ListAsync(
        IdentityDbContext db, Guid userId, DateTimeOffset now, CancellationToken ct) => await db.TrustedDevices.AsNoTracking()
        .Where(device => device.UserId == userId)
        .OrderByDescending(device => device.LastUsedAt)
        .Select(device => new TrustedDeviceView(
            device.Id, device.Name, device.DeviceType, device.UserAgent, device.AddedAt, device.LastUsedAt, device.ExpiresAt > now))
        .ToListAsync(ct);
}
