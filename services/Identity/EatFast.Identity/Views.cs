using System.Text.Json.Serialization;
using EatFast.Identity.Domain;

namespace EatFast.Identity;

/// <summary>The <c>user</c> object of the contract; the clients cast several members hard, so all of them are always there.</summary>
internal sealed record UserView(
    Guid Id, string Email, string Phone, string FirstName, string LastName, string Role, string Status, string Language, string? City,
    bool EmailVerified, bool PhoneVerified, bool TwoFactorEnabled, int LoyaltyPoints, string LoyaltyTier, int TotalOrders, long TotalSpent,
    DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, DateTimeOffset? LastLoginAt)
{
    /// <summary>Only on /auth/me, where the mobile client looks for the same values one level down.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public UserView? User { get; init; }

    public static UserView Of(User user, PersonalData person) => new(
        user.Id, person.Email, person.Phone, person.FirstName, person.LastName, user.Role, user.Status, user.Language, user.City,
        user.EmailVerified, user.PhoneVerified, TwoFactorEnabled: false,
        LoyaltyPoints: 0, LoyaltyTier: "bronze", TotalOrders: 0, TotalSpent: 0,
        user.CreatedAt, user.UpdatedAt, user.LastLoginAt);
}

/// <summary>What a client gets when it has signed in; <c>token</c> is the old clients' name for the access token.</summary>
internal sealed record AuthAnswer(UserView User, string Token, string AccessToken, string RefreshToken, int ExpiresIn);
