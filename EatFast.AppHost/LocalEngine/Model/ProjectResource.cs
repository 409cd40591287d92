using EatFast.LocalEngine;

namespace Aspire.Hosting.ApplicationModel;

public sealed class ProjectResource(string name)
    : Resource(name), IResourceWithEnvironment, IResourceWithArgs, IResourceWithServiceDiscovery, IResourceWithWaitSupport
{
    internal IBuiltProject Metadata => Annotations.OfType<IBuiltProject>().Single();
}
