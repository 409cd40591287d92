using System.Text.Json.Serialization.Metadata;
using MassTransit;

namespace EatFast.Messaging;

/// <summary>
/// A message that lacks a value is refused when it is read, instead of being handled with an empty id or amount: contracts grow by values
/// that may be null or have a default.
/// </summary>
internal static class WholeMessages
{
    public static void RequireWholeMessages(this IBusFactoryConfigurator bus) => bus.ConfigureJsonSerializerOptions(options => new(options)
    {
        TypeInfoResolver = (options.TypeInfoResolver ?? new DefaultJsonTypeInfoResolver()).WithAddedModifier(Require),
        WriteIndented = false
    });

    internal static void Require(JsonTypeInfo type)
    {
        if (type.Type.Namespace?.StartsWith(nameof(EatFast), StringComparison.Ordinal) != true)
            return;
        foreach (var property in type.Properties)
            if (property.AssociatedParameter is { HasDefaultValue: false, IsNullable: false })
                property.IsRequired = true;
    }
}
