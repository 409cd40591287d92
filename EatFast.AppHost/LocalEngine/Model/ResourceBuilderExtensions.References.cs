namespace Aspire.Hosting;

public static partial class ResourceBuilderExtensions
{
    /// <summary>Gives the connection string, and its parts one by one for clients that want them so.</summary>
    public static IResourceBuilder<T> WithReference<T>(
        this IResourceBuilder<T> builder, IResourceBuilder<IResourceWithConnectionString> source,
            string? connectionName = null, bool optional = false)
        where T : IResourceWithEnvironment
    {
        _ = optional;
        var name = connectionName ?? source.Resource.Name;
        return builder.WithEnvironment(context =>
        {
            context.EnvironmentVariables[$"ConnectionStrings__{name}"] = new ConnectionStringReference(source.Resource);
            foreach (var (property, value) in source.Resource.GetConnectionProperties())
                context.EnvironmentVariables[$"{EnvironmentName(name)}_{EnvironmentName(property)}"] = value;
        });
    }

    /// <summary>Gives every endpoint of the source twice: as service discovery reads it, and as a plain variable.</summary>
    public static IResourceBuilder<T> WithReference<T>(
        this IResourceBuilder<T> builder, IResourceBuilder<IResourceWithServiceDiscovery> source)
        where T : IResourceWithEnvironment
    {
        var name = source.Resource.Name;
        return builder.WithEnvironment(context =>
        {
            foreach (var endpoint in source.Resource.GetEndpoints())
            {
                var discoveryName = endpoint.EndpointName is "http" or "https" ? endpoint.Scheme : endpoint.EndpointName;
                context.EnvironmentVariables[$"services__{name}__{discoveryName}__0"] = endpoint;
                context.EnvironmentVariables[$"{EnvironmentName(name)}_{EnvironmentName(endpoint.EndpointName)}"] = endpoint;
            }
        });
    }

    private static string EnvironmentName(string name) =>
        string.Concat(name.ToUpperInvariant().Select(character => char.IsAsciiLetterOrDigit(character) ? character : '_'));
}
