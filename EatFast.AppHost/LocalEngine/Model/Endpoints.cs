using System.Globalization;
using System.Net.Sockets;

namespace Aspire.Hosting.ApplicationModel;

public sealed class EndpointAnnotation(
    ProtocolType protocol, string uriScheme, string? transport = null, string? name = null,
        int? port = null, int? targetPort = null, bool isExternal = false)
    : IResourceAnnotation
{
    public ProtocolType Protocol { get; } = protocol;
    public string UriScheme { get; } = uriScheme;
    public string Name { get; } = name ?? uriScheme;
    public string Transport { get; set; } = transport ?? (uriScheme is "http" or "https" ? "http" : "tcp");
    public int? Port { get; set; } = port;
    public int? TargetPort { get; set; } = targetPort;
    public bool IsExternal { get; set; } = isExternal;

    /// <summary>An endpoint whose port arrives under its own name is left out of ASPNETCORE_URLS.</summary>
    public string? TargetPortEnvironmentVariable { get; set; }

    /// <summary>The port of this run: chosen once, so that a restarted process keeps its address.</summary>
    internal int? AllocatedPort { get; set; }
}

public enum EndpointProperty
{
    Url,
    Host,
    Port,
    Scheme,
    TargetPort,
    HostAndPort,
}

public sealed class EndpointReference(IResourceWithEndpoints owner, string endpointName) : IValueProvider, IManifestExpressionProvider
{
    public IResourceWithEndpoints Resource { get; } = owner;
    public string EndpointName { get; } = endpointName;
    public bool Exists => Resource.Annotations.OfType<EndpointAnnotation>().Any(endpoint => endpoint.Name == EndpointName);
    public bool IsAllocated => Exists && Annotation.AllocatedPort is not null;
    public string Scheme => Annotation.UriScheme;
    public string Host { get; } = "localhost";
    public int Port => Annotation.AllocatedPort
        ?? throw new InvalidOperationException(
            $"The endpoint '{EndpointName}' of '{Resource.Name}' has no port before the application runs.");
    public string Url => $"{Scheme}://{Host}:{Port}";
    public string ValueExpression => Property(EndpointProperty.Url).ValueExpression;

    internal EndpointAnnotation Annotation =>
        Resource.Annotations.OfType<EndpointAnnotation>().FirstOrDefault(endpoint => endpoint.Name == EndpointName)
        ?? throw new InvalidOperationException($"'{Resource.Name}' has no endpoint called '{EndpointName}'.");

    public EndpointReferenceExpression Property(EndpointProperty property) => new(this, property);

    public ValueTask<string?> GetValueAsync(CancellationToken cancellationToken = default) => ValueTask.FromResult<string?>(Url);
}

public sealed class EndpointReferenceExpression(EndpointReference endpoint, EndpointProperty property)
    : IValueProvider, IManifestExpressionProvider
{
    public EndpointReference Endpoint { get; } = endpoint;
    public EndpointProperty Property { get; } = property;

    public string ValueExpression => Property == EndpointProperty.HostAndPort
        ? $"{Endpoint.Property(EndpointProperty.Host).ValueExpression}:{Endpoint.Property(EndpointProperty.Port).ValueExpression}"
        : $"{{{Endpoint.Resource.Name}.bindings.{Endpoint.EndpointName}.{ManifestName}}}";

    private string ManifestName => Property == EndpointProperty.TargetPort ? "targetPort" : Property.ToString().ToLowerInvariant();

    public ValueTask<string?> GetValueAsync(CancellationToken cancellationToken = default) => ValueTask.FromResult<string?>(Property switch
    {
        EndpointProperty.Url => Endpoint.Url,
        EndpointProperty.Host => Endpoint.Host,
        EndpointProperty.Scheme => Endpoint.Scheme,
        EndpointProperty.HostAndPort => $"{Endpoint.Host}:{Endpoint.Port}",
        _ => Endpoint.Port.ToString(CultureInfo.InvariantCulture),
    });
}
