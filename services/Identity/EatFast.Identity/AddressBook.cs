using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;
using EatFast.Errors;
using EatFast.Identity.Data;
using EatFast.Identity.Data.Protection;
using EatFast.Identity.Domain;
using EatFast.Identity.Input;
using EatFast.Security;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Identity;

/// <summary>An address as clients send it; two generations of them name the same things differently.</summary>
public sealed record AddressInput(
    [property: PlainText, StringLength(60)] string? Label,
    [property: PlainText, StringLength(200)] string? Street,
    [property: PlainText, StringLength(60)] string? Apartment,
    [property: PlainText, StringLength(120)] string? BuildingInfo,
    [property: PlainText, StringLength(80)] string? City,
    [property: PlainText, StringLength(80)] string? District,
    [property: PlainText, StringLength(120)] string? Landmark,
    [property: PlainText, StringLength(80)] string? State,
    [property: PlainText, StringLength(20)] string? PostalCode,
    [property: PlainText, StringLength(60)] string? Country,
    [property: Range(-90.0, 90.0)] double? Latitude,
    [property: Range(-180.0, 180.0)] double? Longitude,
    [property: PlainText, StringLength(300)] string? Instructions,
    bool? IsDefault) : IValidatableObject
{
    [JsonPropertyName("address")]
    public string? Line { init => Street ??= value; }

    [JsonPropertyName("streetAddress")]
    public string? StreetAddress { init => Street ??= value; }

    [JsonPropertyName("deliveryInstructions")]
    public string? DeliveryInstructions { init => Instructions ??= value; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (string.IsNullOrWhiteSpace(Street))
            yield return new("The field address is required.", ["address"]);
        if (Latitude is null != Longitude is null)
            yield return new("Give latitude and longitude together.", ["latitude"]);
    }
}

/// <summary>What rests sealed of an address.</summary>
internal sealed record AddressContent(
    string? Label, string Street, string? Apartment, string? BuildingInfo, string? City, string? District, string? Landmark,
    string? State, string? PostalCode, string Country, double? Latitude, double? Longitude, string? Instructions);

/// <summary>Seals and opens addresses; somebody else's is as good as none.</summary>
internal sealed class AddressBook(IdentityDbContext db, PersonalDataVault vault)
{
    private const string Cameroon = "Cameroon";

    /// <summary>Refuses with ADDRESS_NOT_FOUND.</summary>
    public async Task<Address> FindAsync(Guid addressId, CurrentUser caller, CancellationToken ct) =>
        await db.Addresses.SingleOrDefaultAsync(address => address.Id == addressId && address.UserId == caller.Id, ct)
            ?? throw new RuleViolatedException("ADDRESS_NOT_FOUND");

    /// <summary>Whose key opens them. Refuses with USER_NOT_FOUND.</summary>
    public async Task<User> OwnerAsync(CurrentUser caller, CancellationToken ct) =>
        await db.Users.AsNoTracking().SingleOrDefaultAsync(user => user.Id == caller.Id && user.ErasedAt == null, ct)
            ?? throw new RuleViolatedException("USER_NOT_FOUND");

    public string Seal(User owner, Guid addressId, AddressInput input)
    {
        var content = new AddressContent(
            Text(input.Label), input.Street!.Trim(), Text(input.Apartment), Text(input.BuildingInfo), Text(input.City),
            Text(input.District), Text(input.Landmark), Text(input.State), Text(input.PostalCode), Text(input.Country) ?? Cameroon,
            input.Latitude, input.Longitude, Text(input.Instructions));
        return vault.SealText(JsonSerializer.Serialize(content), owner, "addresses", "content", addressId);
    }

    public AddressView Show(User owner, Address address)
    {
        var content = JsonSerializer.Deserialize<AddressContent>(vault.OpenText(address.Content, owner, "addresses", "content", address.Id))!;
        return AddressView.Of(address, content);
    }

    /// <summary>Makes this one the default, and no other; the account has to be locked.</summary>
    public async Task MakeDefaultAsync(Address chosen, DateTimeOffset now, CancellationToken ct)
    {
        await db.Addresses
            .Where(address => address.UserId == chosen.UserId && address.Id != chosen.Id && address.IsDefault)
            .ExecuteUpdateAsync(address => address.SetProperty(row => row.IsDefault, false), ct);
        chosen.MakeDefault(true, now);
    }

    private static string? Text(string? typed) => PlainTextAttribute.Normalise(typed);
}
