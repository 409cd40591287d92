using EatFast.LocalEngine;

namespace EatFast.Probe;

internal sealed class ProbeProject : IBuiltProject
{
    public string ProjectPath { get; } = Path.Combine(AppContext.BaseDirectory, "EatFast.Probe.csproj");
    public string AssemblyPath { get; } = Path.Combine(AppContext.BaseDirectory, "EatFast.Probe.dll");
}
