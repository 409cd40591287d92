using System.ComponentModel.DataAnnotations;

namespace EatFast.Http;

/// <summary>A Guid that must be given: the all-zero value is what a missing member becomes.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class NotEmptyAttribute() : ValidationAttribute("The field {0} is required.")
{
    public override bool IsValid(object? value) => value is not Guid id || id != Guid.Empty;
}
