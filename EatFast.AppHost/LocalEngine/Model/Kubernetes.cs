namespace Aspire.Hosting;

public sealed class KubernetesEnvironmentResource(string name) : Resource(name);

public static class KubernetesEnvironmentExtensions
{
    /// <summary>Charts are made in Aspire mode (`aspire publish`); here the environment only lets the same AppHost.cs compile.</summary>
    public static IResourceBuilder<KubernetesEnvironmentResource> AddKubernetesEnvironment(
        this IDistributedApplicationBuilder builder, string name) =>
        new ResourceBuilder<KubernetesEnvironmentResource>(builder, new KubernetesEnvironmentResource(name));
}
