using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using EatFast.Errors;
using EatFast.Http;
using EatFast.Payments.Data;
using EatFast.Payments.Domain;
using EatFast.Security;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Payments.Features;

[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Skip)]
public sealed record WithdrawEarningsRequest(
    [property: Range(1, 1_000_000_000)] decimal Amount, string? Phone, string? PhoneNumber, [property: StringLength(200)] string? Description,
    Guid? RestaurantId) : IValidatableObject
{
    internal string? Number => Phone ?? PhoneNumber;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Amount != decimal.Truncate(Amount))
            yield return new ValidationResult("The franc has no cents.", ["Amount"]);
        if (Number is not null && MobileNumber.Parse(Number) is null)
            yield return new ValidationResult("Give a Cameroonian mobile number such as +237677777777.", ["Phone"]);
    }
}

/// <summary>An owner takes money out to a phone; it is reserved at once, and a large one waits for an administrator.</summary>
internal static class WithdrawEarnings
{
    public static void Map(IEndpointRouteBuilder app)
    {
        MapOne(app, "/api/v1/wallet/withdraw", Policies.Customer, "WithdrawFromWallet", HandleCustomer);
        MapOne(app, "/api/v1/drivers/me/wallet/withdraw", Policies.Driver, "WithdrawDriverEarnings", HandleDriver);
        MapOne(app, "/api/v1/restaurant/wallet/withdraw", Policies.Restaurant, "WithdrawRestaurantEarnings", HandleRestaurant);
    }

    public static void MapOlder(IEndpointRouteBuilder wallet) =>
        wallet.MapPost("/withdraw", HandleCustomer).WithIdempotency<PaymentsDbContext>();

    internal static async Task<Accepted<Envelope<PayoutView>>> HandleCustomer(
        WithdrawEarningsRequest request, HttpContext http, CurrentUser user, Payouts payouts) =>
        await TakeAsync(request, http, user, payouts, Accounts.Wallet, user.Id);

    internal static async Task<Accepted<Envelope<PayoutView>>> HandleDriver(
        WithdrawEarningsRequest request, HttpContext http, CurrentUser user, Payouts payouts) =>
        await TakeAsync(request, http, user, payouts, Accounts.DriverEarning, user.Id);

    internal static async Task<Accepted<Envelope<PayoutView>>> HandleRestaurant(
        WithdrawEarningsRequest request, HttpContext http, CurrentUser user, Payouts payouts, PaymentsDbContext db)
    {
        // Uses ix_payments_restaurant_owner_id. Without a name it is the restaurant that has earned most.
        var mine = db.Payments.Where(payment => payment.RestaurantOwnerId == user.Id).Select(payment => payment.RestaurantId).Distinct();
        var restaurant = await db.Wallets
            .Where(wallet => wallet.Account == Accounts.RestaurantPayable && mine.Contains(wallet.OwnerId))
            .Where(wallet => request.RestaurantId == null || wallet.OwnerId == request.RestaurantId)
            .OrderByDescending(wallet => wallet.BalanceXaf).FirstOrDefaultAsync(http.RequestAborted)
            ?? throw new RuleViolatedException("INSUFFICIENT_BALANCE");
        return await TakeAsync(request, http, user, payouts, Accounts.RestaurantPayable, restaurant.OwnerId);
    }

    private static async Task<Accepted<Envelope<PayoutView>>> TakeAsync(
        WithdrawEarningsRequest request, HttpContext http, CurrentUser user, Payouts payouts, string account, Guid ownerId) =>
        TypedResults.Accepted((string?)null, await payouts.RequestAsync(
            http, account, ownerId, user.Id, request.Amount, request.Number, request.Description));

    private static void MapOne(IEndpointRouteBuilder app, string path, string policy, string name, Delegate handler) => app
        .MapPost(path, handler)
        .RequireAuthorization(policy)
        .WithIdempotency<PaymentsDbContext>()
        .WithTags("Wallet")
        .WithName(name)
        .WithSummary("Take money out to a phone")
        .ProducesValidationProblem()
        .ProducesProblem(422);
}
