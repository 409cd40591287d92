using System.ComponentModel.DataAnnotations;

namespace EatFast.Identity.Input;

/// <summary>The rule for a password that is being chosen; never applied to one that is being checked.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class NewPasswordAttribute() : ValidationAttribute(
    "The field {0} must have 8 to 128 characters, among them an upper-case letter, a lower-case letter and a digit.")
{
    public override bool IsValid(object? value) =>
        value is null || (value is string { Length: >= 8 and <= 128 } text
            && text.Any(char.IsUpper) && text.Any(char.IsLower) && text.Any(char.IsAsciiDigit));

    protected override ValidationResult? IsValid(object? value, ValidationContext validationContext) =>
        value is string text && CommonPasswords.Contains(text)
            ? new("This password is one of the first that thieves try, choose another one.", [validationContext.MemberName ?? ""])
            : base.IsValid(value, validationContext);
}
