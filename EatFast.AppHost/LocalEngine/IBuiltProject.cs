namespace EatFast.LocalEngine;

/// <summary>What the build generates about each referenced project: Aspire's facts, and the assembly that this engine starts
/// without building again.</summary>
public interface IBuiltProject : IProjectMetadata
{
    string AssemblyPath { get; }
}
