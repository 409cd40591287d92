using System.ComponentModel.DataAnnotations;
using System.Text.RegularExpressions;

namespace EatFast.Identity.Input;

/// <summary>An e-mail address as HTML forms define it, with a dot in the domain: one that a mail server will take.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed partial class EmailAttribute() : ValidationAttribute("The field {0} must be an e-mail address.")
{
    private const int MaxLength = 254;

    public static string Normalise(string email) => email.Trim().ToLowerInvariant();

    public override bool IsValid(object? value) =>
        value is null || (value is string text && text.Length <= MaxLength && Shape().IsMatch(text.Trim()));

    [GeneratedRegex(@"\A[a-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\z",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Shape();
}
