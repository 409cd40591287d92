namespace Aspire.Hosting;

public interface IProjectMetadata : IResourceAnnotation
{
    string ProjectPath { get; }
}

public static class ProjectResourceBuilderExtensions
{
    /// <summary>Launch profiles belong to one developer's machine and are not read here: AppHost.cs names its endpoints itself.</summary>
    public static IResourceBuilder<ProjectResource> AddProject<TProject>(
        this IDistributedApplicationBuilder builder, string name, string? launchProfileName) where TProject : IProjectMetadata, new()
    {
        if (launchProfileName is not null)
            throw new NotSupportedException(
                "The local engine reads no launch profiles: pass launchProfileName: null and name the endpoints.");

        return builder.AddResource(new ProjectResource(name)).WithAnnotation(new TProject())
            .WithEnvironment(context => AddDefaults(context, name))
            .WithEnvironment(AddPorts);
    }

    private static void AddDefaults(EnvironmentCallbackContext context, string name)
    {
        context.EnvironmentVariables["OTEL_DOTNET_EXPERIMENTAL_OTLP_RETRY"] = "in_memory";
        if (context.ExecutionContext.IsPublishMode)
            return;

        context.EnvironmentVariables["OTEL_SERVICE_NAME"] = name;
        context.EnvironmentVariables["OTEL_RESOURCE_ATTRIBUTES"] = $"service.instance.id={Guid.NewGuid().ToString("n")[..8]}";
        context.EnvironmentVariables["LOGGING__CONSOLE__FORMATTERNAME"] = "simple";
        context.EnvironmentVariables["ASPNETCORE_ENVIRONMENT"] = "Development";
        context.EnvironmentVariables["DOTNET_ENVIRONMENT"] = "Development";
    }

    private static void AddPorts(EnvironmentCallbackContext context)
    {
        var endpoints = ((IResourceWithEndpoints)context.Resource).GetEndpoints().ToList();
        foreach (var endpoint in endpoints.Where(endpoint => endpoint.Annotation.TargetPortEnvironmentVariable is not null))
            context.EnvironmentVariables[endpoint.Annotation.TargetPortEnvironmentVariable!] =
                endpoint.Property(EndpointProperty.TargetPort);

        var web = endpoints
            .Where(endpoint => endpoint.Scheme is "http" or "https" && endpoint.Annotation.TargetPortEnvironmentVariable is null).ToList();
        if (web.Count == 0)
            return;

        if (context.ExecutionContext.IsRunMode)
        {
            context.EnvironmentVariables["ASPNETCORE_URLS"] = string.Join(';', web.Select(endpoint => endpoint.Url));
            return;
        }

        context.EnvironmentVariables["HTTP_PORTS"] =
            string.Join(';', web.Select(endpoint => endpoint.Property(EndpointProperty.TargetPort).ValueExpression));
        context.EnvironmentVariables["ASPNETCORE_FORWARDEDHEADERS_ENABLED"] = "true";
    }
}
