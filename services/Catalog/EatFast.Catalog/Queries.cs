using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;

namespace EatFast.Catalog;

/// <summary>Where the caller is, under both pairs of names that clients use.</summary>
public sealed record PlaceQuery(
    [property: FromQuery(Name = "lat"), Range(-90d, 90d)] double? Lat = null,
    [property: FromQuery(Name = "latitude"), Range(-90d, 90d)] double? Latitude = null,
    [property: FromQuery(Name = "lng"), Range(-180d, 180d)] double? Lng = null,
    [property: FromQuery(Name = "longitude"), Range(-180d, 180d)] double? Longitude = null) : IValidatableObject
{
    internal double? Y => Lat ?? Latitude;

    internal double? X => Lng ?? Longitude;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Y is null != X is null)
            yield return new ValidationResult("Latitude and longitude go together.", [Y is null ? "lat" : "lng"]);
    }
}

/// <summary>What a list of restaurants can be narrowed by, with the synonyms of older clients.</summary>
public sealed record RestaurantQuery(
    [property: FromQuery(Name = "q"), StringLength(100)] string? Q = null,
    [property: FromQuery(Name = "search"), StringLength(100)] string? Search = null,
    [property: FromQuery(Name = "cuisine"), StringLength(60)] string? Cuisine = null,
    [property: FromQuery(Name = "category"), StringLength(60)] string? Category = null,
    [property: FromQuery(Name = "city"), StringLength(60)] string? City = null,
    [property: FromQuery(Name = "priceRange"), RegularExpression("^[1-3]$")] string? PriceRange = null,
    [property: FromQuery(Name = "rating"), Range(0d, 5d)] double? Rating = null,
    [property: FromQuery(Name = "deliveryTime"), Range(1, 1_440)] int? DeliveryTime = null,
    [property: FromQuery(Name = "isOpen")] bool? IsOpen = null,
    [property: FromQuery(Name = "openNow")] bool? OpenNow = null,
    [property: FromQuery(Name = "featured")] bool? Featured = null,
    [property: FromQuery(Name = "radius"), Range(0.1, 100d)] double? Radius = null,
    [property: FromQuery(Name = "sort"), AllowedValues(
        null, RestaurantSort.Relevance, RestaurantSort.Distance, RestaurantSort.Rating,
        RestaurantSort.DeliveryTime, RestaurantSort.DeliveryFee)]
    string? Sort = null,
    [property: FromQuery(Name = "query"), StringLength(100)] string? Query = null)
{
    internal string? Words => Blank(Search) ?? Blank(Q) ?? Blank(Query);

    /// <summary>As cuisine types are stored: "Fast Food" is fast_food.</summary>
    internal string? CuisineType => CuisineOf(Blank(Cuisine) ?? Category);

    internal string? Town => Blank(City)?.Trim();

    internal static string? CuisineOf(string? name) => Blank(name)?.Trim().ToLowerInvariant().Replace(' ', '_').Replace('-', '_');

    private static string? Blank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;
}

/// <summary>The orders a list can have; unasked: likeness for words, distance for a place, else the featured and best rated.</summary>
public static class RestaurantSort
{
    public const string Relevance = "relevance";
    public const string Distance = "distance";
    public const string Rating = "rating";
    public const string DeliveryTime = "deliveryTime";
    public const string DeliveryFee = "deliveryFee";
}
