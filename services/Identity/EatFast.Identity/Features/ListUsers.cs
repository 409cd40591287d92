using System.ComponentModel.DataAnnotations;
using EatFast.Http;
using EatFast.Identity.Data;
using EatFast.Identity.Data.Protection;
using EatFast.Identity.Domain;
using EatFast.Identity.Input;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Identity.Features;

public sealed record ListUsersQuery(
    [property: FromQuery(Name = "role"), StringLength(40)] string? Role,
    [property: FromQuery(Name = "status"),
        AllowedValues(UserStatus.Active, UserStatus.Pending, UserStatus.Suspended, UserStatus.Inactive, null)] string? Status,
    [property: FromQuery(Name = "city"), StringLength(80)] string? City,
    [property: FromQuery(Name = "search"), StringLength(254)] string? Search,
    [property: FromQuery(Name = "emailVerified")] bool? EmailVerified,
    [property: FromQuery(Name = "createdFrom"), Range(typeof(DateTimeOffset), "2000-01-01", "2200-01-01")] DateTimeOffset? CreatedFrom,
    [property: FromQuery(Name = "createdTo"), Range(typeof(DateTimeOffset), "2000-01-01", "2200-01-01")] DateTimeOffset? CreatedTo)
    : IValidatableObject
{
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Role is not null && UserRole.Find(Role) is null)
            yield return new("The field role must be customer, restaurant_owner, delivery_agent or admin.", ["role"]);
    }
}

internal sealed record ListUsersResponse(IReadOnlyList<AdminUserView> Users, Pagination Pagination);

/// <summary>
/// All accounts, newest first. Names are sealed and cannot be searched for: <c>search</c> finds a whole e-mail address, a phone
/// number however it is written, or an id.
/// </summary>
internal static class ListUsers
{
    public static void Map(IEndpointRouteBuilder admin) => admin
        .MapGet("/", Handle)
        .WithName(nameof(ListUsers))
        .WithSummary("List accounts (operators)");

    internal static async Task<Ok<Envelope<ListUsersResponse>>> Handle(
        [AsParameters] ListUsersQuery query, [AsParameters] PageQuery page, IdentityDbContext db, PersonalDataVault vault,
        CancellationToken ct)
    {
        var users = Filter(db.Users.AsNoTracking(), query, vault);
        var total = await users.LongCountAsync(ct);
        var shown = await users.OrderByDescending(user => user.CreatedAt).ThenByDescending(user => user.Id)
            .Skip(page.Skip).Take(page.Limit).ToListAsync(ct);
        return Answer.Ok(new ListUsersResponse(
            shown.ConvertAll(user => AdminUserView.Of(user, vault.Open(user))), page.Of(total)));
    }

    private static IQueryable<User> Filter(IQueryable<User> users, ListUsersQuery query, PersonalDataVault vault)
    {
        if (query.Role is { } name && UserRole.Find(name) is { } role)
            users = users.Where(user => user.Role == role);
        if (query.Status is { } status)
            users = users.Where(user => user.Status == status);
        if (query.City is { Length: > 0 } city)
            users = users.Where(user => user.City == city);
        if (query.EmailVerified is { } isVerified)
            users = users.Where(user => user.EmailVerified == isVerified);
        if (query.CreatedFrom?.ToUniversalTime() is { } from)
            users = users.Where(user => user.CreatedAt >= from);
        if (query.CreatedTo?.ToUniversalTime() is { } to)
            users = users.Where(user => user.CreatedAt <= to);
        return query.Search is { Length: > 0 } search ? Find(users, search.Trim(), vault) : users;
    }

    private static IQueryable<User> Find(IQueryable<User> users, string search, PersonalDataVault vault)
    {
        if (Guid.TryParse(search, out var id))
            return users.Where(user => user.Id == id);
        if (new PhoneNumberAttribute().IsValid(search))
        {
            var phone = vault.PhoneIndex(PhoneNumberAttribute.Normalise(search));
            return users.Where(user => user.PhoneIndex == phone);
        }
        var email = vault.EmailIndex(search);
        return users.Where(user => user.EmailIndex == email);
    }
}
