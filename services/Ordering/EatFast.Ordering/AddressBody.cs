using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;
using EatFast.Ordering.Domain;

namespace EatFast.Ordering;

/// <summary>Where the food goes; the mobile client writes it in one line, and the point beside it.</summary>
public sealed record PlaceOrderAddress(
    [property: Required, StringLength(200)] string Street,
    [property: StringLength(80)] string? City,
    [property: StringLength(80)] string? District,
    [property: StringLength(200)] string? Landmark,
    PlaceOrderCoordinates? Coordinates,
    [property: StringLength(500)] string? Instructions) : IValidatableObject
{
    internal bool IsOneLine { get; init; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!IsOneLine && string.IsNullOrWhiteSpace(City))
            yield return new("The City field is required.", [nameof(City)]);
    }

    internal DeliveryAddress ToAddress(PlaceOrderPoint? beside)
    {
        var (latitude, longitude) = beside is null || Coordinates is not null
            ? (Coordinates!.Latitude!.Value, Coordinates.Longitude!.Value)
            : (beside.Y!.Value, beside.X!.Value);
        return new(Street, City ?? "", District, Landmark, Instructions, latitude, longitude);
    }
}

public sealed record PlaceOrderCoordinates(
    [property: Required, Range(-90.0, 90.0)] double? Latitude,
    [property: Required, Range(-180.0, 180.0)] double? Longitude);

/// <summary>The point beside an address in one line, under either pair of names.</summary>
public sealed record PlaceOrderPoint(
    [property: Range(-90.0, 90.0)] double? Latitude, [property: Range(-180.0, 180.0)] double? Longitude,
    [property: Range(-90.0, 90.0)] double? Lat, [property: Range(-180.0, 180.0)] double? Lng) : IValidatableObject
{
    internal double? Y => Latitude ?? Lat;

    internal double? X => Longitude ?? Lng;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Y is null || X is null)
            yield return new("A door needs lat and lng.", [Y is null ? nameof(Latitude) : nameof(Longitude)]);
    }
}

/// <summary>Reads an address from an object or from one line.</summary>
internal sealed class AddressReader : JsonConverter<PlaceOrderAddress>
{
    public override PlaceOrderAddress? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String
            ? new(JsonSerializer.Deserialize<string>(ref reader, options)!, null, null, null, null, null) { IsOneLine = true }
            : JsonSerializer.Deserialize<PlaceOrderAddress>(ref reader, options);

    public override void Write(Utf8JsonWriter writer, PlaceOrderAddress value, JsonSerializerOptions options) =>
        JsonSerializer.Serialize(writer, value, options);
}
