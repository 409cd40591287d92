using EatFast.LocalEngine;

namespace Aspire.Hosting;

public static class ParameterResourceBuilderExtensions
{
    /// <summary>The local engine keeps every generated value, asked to or not: the stores keep the passwords that they were
    /// created with.</summary>
    public static IResourceBuilder<ParameterResource> AddParameter(
        this IDistributedApplicationBuilder builder, string name, ParameterDefault value, bool secret = false, bool persist = false)
    {
        ArgumentNullException.ThrowIfNull(value);
        _ = persist;
        return builder.AddResource(new ParameterResource(name, Resolve, secret) { Default = value });

        string Resolve(ParameterDefault? fallback)
        {
            var configured = builder.Configuration[$"Parameters:{name}"] ?? builder.Configuration[$"Parameters:{name.Replace('-', '_')}"];
            return configured ?? (fallback is null
                ? throw new EngineException($"The parameter '{name}' has no value: set Parameters__{name.Replace('-', '_')}.")
                : ((DistributedApplicationBuilder)builder).Secrets.GetOrCreate(name, fallback.GetDefaultValue));
        }
    }

    internal static ParameterResource AddPassword(this IDistributedApplicationBuilder builder, string storeName) =>
        builder
            .AddParameter($"{storeName}-password", new GenerateParameterDefault { MinLength = 22, Special = false }, secret: true).Resource;
}
