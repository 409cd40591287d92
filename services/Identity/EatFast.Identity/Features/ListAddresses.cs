using EatFast.Http;
using EatFast.Identity.Data;
using EatFast.Security;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Identity.Features;

internal sealed record ListAddressesResponse(IReadOnlyList<AddressView> Addresses);

/// <summary>One's own addresses, the default one first.</summary>
internal static class ListAddresses
{
    public static void Map(IEndpointRouteBuilder addresses)
    {
        addresses.MapGet("/", Handle).WithName(nameof(ListAddresses)).WithSummary("List my addresses");
        addresses.MapGet("/{addressId:guid}", HandleOne).WithName("GetAddress").WithSummary("One of my addresses");
    }

    internal static async Task<Ok<Envelope<ListAddressesResponse>>> Handle(
        CurrentUser caller, IdentityDbContext db, AddressBook book, CancellationToken ct)
    {
        var rows = await db.Addresses.AsNoTracking().Where(address => address.UserId == caller.Id)
            .OrderByDescending(address => address.IsDefault).ThenByDescending(address => address.CreatedAt)
            .ToListAsync(ct);
        var owner = await book.OwnerAsync(caller, ct);
        return Answer.Ok(new ListAddressesResponse(rows.ConvertAll(row => book.Show(owner, row))));
    }

    internal static async Task<Ok<Envelope<AddressView>>> HandleOne(
        Guid addressId, CurrentUser caller, AddressBook book, CancellationToken ct) =>
        Answer.Ok(book.Show(await book.OwnerAsync(caller, ct), await book.FindAsync(addressId, caller, ct)));
}
