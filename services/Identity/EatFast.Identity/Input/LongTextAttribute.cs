using System.ComponentModel.DataAnnotations;

namespace EatFast.Identity.Input;

/// <summary>What a person wrote over several lines: without control characters but those that end lines.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class LongTextAttribute() : ValidationAttribute("Control characters cannot be sent.")
{
    public override bool IsValid(object? value) =>
        value is null || (value is string text && !text.Any(letter => char.IsControl(letter) && letter is not ('\n' or '\r' or '\t')));
}
