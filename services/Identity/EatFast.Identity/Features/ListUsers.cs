using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Linq.Expressions;
using EatFast.Http;
using EatFast.Identity.Data;
using EatFast.Identity.Data.Protection;
using EatFast.Identity.Domain;
using EatFast.Identity.Input;
using EatFast.Security;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Identity.Features;

public sealed record ListUsersQuery(
    [property: FromQuery(Name = "role"), StringLength(40)] string? Role,
    [property: FromQuery(Name = "status"), StringLength(40)] string? Status,
    [property: FromQuery(Name = "city"), StringLength(80)] string? City,
    [property: FromQuery(Name = "search"), StringLength(254)] string? Search,
    [property: FromQuery(Name = "emailVerified")] bool? EmailVerified,
    [property: FromQuery(Name = "createdFrom"), Range(typeof(DateTimeOffset), "2000-01-01", "2200-01-01")] DateTimeOffset? CreatedFrom,
    [property: FromQuery(Name = "createdTo"), Range(typeof(DateTimeOffset), "2000-01-01", "2200-01-01")] DateTimeOffset? CreatedTo,
    [property: FromQuery(Name = "sortBy"), AllowedValues("createdAt", "updatedAt", "lastLoginAt", "status", "role", "city", null)] string? SortBy,
    [property: FromQuery(Name = "sortOrder"), AllowedValues("asc", "desc", null)] string? SortOrder)
    : IValidatableObject
{
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Role is not null && UserRole.Find(Role) is null)
            yield return new("The field role must be customer, restaurant_owner, delivery_agent or admin.", ["role"]);
        if (Status is not null && UserStatus.Find(Status) is null)
            yield return new("The field status must be active, pending, suspended or inactive.", ["status"]);
    }
}

internal sealed record ListUsersResponse(IReadOnlyList<AdminUserView> Users, Pagination Pagination);

/// <summary>
/// All accounts, newest first or as asked; that somebody looked leaves a trace. Names are sealed and cannot be searched for: <c>search</c> finds a whole e-mail address, a phone
/// number however it is written, or an id.
/// </summary>
internal static class ListUsers
{
    public static void Map(IEndpointRouteBuilder admin) => admin
        .MapGet("/", Handle)
        .WithName(nameof(ListUsers))
        .WithSummary("List accounts (operators)");

    internal static async Task<Ok<Envelope<ListUsersResponse>>> Handle(
        [AsParameters] ListUsersQuery query, [AsParameters] PageQuery page, CurrentUser admin, IdentityDbContext db,
        PersonalDataVault vault, TimeProvider clock, CancellationToken ct)
    {
        var users = Filter(db.Users.AsNoTracking(), query, vault);
        var total = await users.LongCountAsync(ct);
        var shown = await Sort(users, query).Skip(page.Skip).Take(page.Limit).ToListAsync(ct);
        db.RecordAction(
            admin, "user.listed", "user", null, clock.GetUtcNow(), ("role", query.Role), ("status", query.Status), ("city", query.City),
            ("searched", query.Search is null ? null : "yes"), ("page", page.Page.ToString(CultureInfo.InvariantCulture)));
        await db.SaveChangesAsync(ct);
        return Answer.Ok(new ListUsersResponse(
            shown.ConvertAll(user => AdminUserView.Of(user, vault.Open(user))), page.Of(total)));
    }

    private static IQueryable<User> Sort(IQueryable<User> users, ListUsersQuery query)
    {
        Expression<Func<User, object?>> by = query.SortBy switch
        {
            "updatedAt" => user => user.UpdatedAt,
            "lastLoginAt" => user => user.LastLoginAt,
            "status" => user => user.Status,
            "role" => user => user.Role,
            "city" => user => user.City,
            _ => user => user.CreatedAt
        };
        return query.SortOrder == "asc" ? users.OrderBy(by).ThenBy(user => user.Id) : users.OrderByDescending(by).ThenByDescending(user => user.Id);
    }

    private static IQueryable<User> Filter(IQueryable<User> users, ListUsersQuery query, PersonalDataVault vault)
    {
        if (query.Role is { } name && UserRole.Find(name) is { } role)
            users = users.Where(user => user.Role == role);
        if (query.Status is { } word && UserStatus.Find(word) is { } status)
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
