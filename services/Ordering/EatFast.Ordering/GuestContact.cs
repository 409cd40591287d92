using System.Text.Json;
using EatFast.Security;

namespace EatFast.Ordering;

/// <summary>Who a guest's order is for. It rests sealed with the order, and opens only for that order.</summary>
internal sealed record GuestContact(string Name, string Phone, string? Email)
{
    public const string CipherPurpose = "ordering/guests";

    /// <summary>By a code in the guest's session, before the order.</summary>
    public bool IsPhoneProven { get; init; }

    public string Seal(FieldCipher cipher, Guid orderId) => cipher.Seal(JsonSerializer.Serialize(this, JsonSerializerOptions.Default), PlaceOf(orderId));

    public static GuestContact? Open(FieldCipher cipher, string? stored, Guid orderId) =>
        stored is null ? null : JsonSerializer.Deserialize<GuestContact>(cipher.Open(stored, PlaceOf(orderId)), JsonSerializerOptions.Default);

    internal static string PlaceOf(Guid orderId) => $"orders|sealed_guest|{orderId}";
}
