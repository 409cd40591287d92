using System.ComponentModel.DataAnnotations;
using PhoneNumbers;

namespace EatFast.Identity.Input;

/// <summary>A phone number as people write it; without a country code it is Cameroonian.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class PhoneNumberAttribute() : ValidationAttribute("The field {0} must be a phone number.")
{
    private const string Region = "CM";
    private const int MaxLength = 32;

    /// <summary>Only what text messages reach in Cameroon: abroad, somebody unknown may earn on each one that we send.</summary>
    public bool IsMobileHere { get; set; }

    public override bool IsValid(object? value) =>
        value is null || (value is string text && Find(text) is { } number && (!IsMobileHere || ReachesHere(number)));

    /// <summary>The same number in E.164, however it was written.</summary>
    public static string Normalise(string phone) => PhoneNumberUtil.GetInstance().Format(
        Find(phone) ?? throw new ArgumentException("Not a phone number.", nameof(phone)), PhoneNumberFormat.E164);

    private static bool ReachesHere(PhoneNumber number)
    {
        var util = PhoneNumberUtil.GetInstance();
        return util.GetRegionCodeForNumber(number) == Region
            && util.GetNumberType(number) is PhoneNumberType.MOBILE or PhoneNumberType.FIXED_LINE_OR_MOBILE;
    }

    private static PhoneNumber? Find(string text)
    {
        var util = PhoneNumberUtil.GetInstance();
        // Letters would be read as a dialling pad does, and a name would become a number.
        if (text.Length > MaxLength || text.Any(letter => char.IsLetter(letter) || char.IsControl(letter)))
            return null;
        try
        {
            var number = util.Parse(text, Region);
            return util.IsValidNumber(number) ? number : null;
        }
        catch (NumberParseException)
        {
            return null;
        }
    }
}
