using System.Text;
using Aspire.Hosting;
using EatFast.LocalEngine;
using EatFast.LocalEngine.Running;

namespace EatFast.AppHost.Tests;

/// <summary>The probe's assembly, built beside this test assembly.</summary>
internal sealed class ProbeProject : IBuiltProject
{
    private static readonly DirectoryInfo Output = new(AppContext.BaseDirectory.TrimEnd('/'));

    public string ProjectPath => Path.Combine(Path.GetDirectoryName(AssemblyPath)!, "EatFast.Probe.csproj");
    public string AssemblyPath { get; } = Path.Combine(Output.Parent!.Parent!.FullName, "EatFast.Probe", Output.Name, "EatFast.Probe.dll");
}

/// <summary>A state directory of its own for each test, gone with it.</summary>
internal sealed class TemporaryState : IDisposable
{
    public TemporaryState() => Directory.CreateDirectory(Path);

    public string Path { get; } = System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"eatfast-test-{Guid.NewGuid():n}");
    public string EndpointsFile => System.IO.Path.Combine(Path, "endpoints.json");
    public string SecretsFile => System.IO.Path.Combine(Path, "secrets.json");

    public DistributedApplicationBuilder CreateBuilder(params string[] args) => new(args, Path);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}

/// <summary>An engine in this process whose console can be read back.</summary>
internal sealed class TestEngine(Engine engine, StringBuilder console) : IAsyncDisposable
{
    public ResourceRun this[string name] => engine.Resources.Single(run => run.Name == name);
    public string Console => console.ToString();

    public static async Task<TestEngine> StartAsync(DistributedApplicationBuilder builder)
    {
        var console = new StringBuilder();
        var view = new ConsoleView(new StringWriter(console), TimeProvider.System);
        return new TestEngine(await Engine.StartAsync(builder, new EngineSettings(view), TestContext.Current.CancellationToken), console);
    }

    /// <summary>Where in the console's story a resource reached a state.</summary>
    public int LineOf(string name, string state) =>
        Array.FindIndex(
            Console.Split('\n'),
            line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [_, var who, var what, ..] && who == name && what == state);

    public ValueTask DisposeAsync() => engine.DisposeAsync();
}

internal static class Eventually
{
    public static async Task TrueAsync(Func<bool> condition, string what, int seconds = 20)
    {
        var deadline = TimeProvider.System.GetTimestamp();
        while (!condition())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(deadline).TotalSeconds < seconds, $"Not within {seconds} s: {what}");
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
    }
}
