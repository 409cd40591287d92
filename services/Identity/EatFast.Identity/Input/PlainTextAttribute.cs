using System.ComponentModel.DataAnnotations;

namespace EatFast.Identity.Input;

/// <summary>One line a person typed: not blank, and without control characters, which Postgres and SMS gateways refuse.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class PlainTextAttribute() : ValidationAttribute("The field {0} must be one line of text.")
{
    public static string? Normalise(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    public override bool IsValid(object? value) =>
        value is null or string { Length: 0 } || (value is string text && !string.IsNullOrWhiteSpace(text) && !text.Any(char.IsControl));
}
