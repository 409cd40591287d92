using EatFast.Probe;
using EatFast.ServiceDefaultsTests;
using EatFast.Testing;

[assembly: AssemblyFixture(typeof(ProbeSystem))]

namespace EatFast.ServiceDefaultsTests;

/// <summary>The probe service on real stores.</summary>
public sealed class ProbeSystem : TestSystem
{
    public HostedService<NotesDbContext> Probe { get; private set; } = null!;

    protected override async Task HostAsync() => Probe = await AddServiceAsync<NotesDbContext>("probe");
}
