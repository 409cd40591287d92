namespace EatFast.LocalEngine;

/// <summary>What the command line asks of the engine; every other argument is configuration.</summary>
internal sealed record EngineOptions(string StateDirectory, string? ManifestPath, string? ConnectionsFile, string[] ConfigurationArguments)
{
    public static EngineOptions Parse(string[] args, string? stateDirectory)
    {
        var rest = args.ToList();
        var infrastructureOnly = rest.Remove("--infrastructure-only");
        var connectionsFile = Take(rest, "--connections-file");
        var publisher = Take(rest, "--publisher");
        var outputPath = Take(rest, "--output-path");

        if (infrastructureOnly != connectionsFile is not null)
            throw new EngineException("--infrastructure-only and --connections-file <file> are used together.");
        if (publisher is not (null or "manifest"))
            throw new EngineException(
                $"The local engine publishes only '--publisher manifest', not '{publisher}': use Aspire mode (UseAspire=true) for that.");
        if ((publisher is null) != (outputPath is null))
            throw new EngineException("--publisher manifest and --output-path <file> are used together.");

        return new EngineOptions(stateDirectory ?? DefaultStateDirectory(), outputPath, connectionsFile, [.. rest]);
    }

    private static string DefaultStateDirectory() =>
        Environment.GetEnvironmentVariable("EATFAST_STATE") is { Length: > 0 } configured
            ? Path.GetFullPath(configured)
            : Path.Combine(RepositoryRoot() ?? Environment.CurrentDirectory, ".eatfast");

    private static string? RepositoryRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "EatFast.sln")))
                return folder.FullName;
        }

        return null;
    }

    private static string? Take(List<string> args, string option)
    {
        var index = args.FindIndex(argument => argument == option || argument.StartsWith($"{option}=", StringComparison.Ordinal));
        if (index < 0)
            return null;

        var inline = args[index].Length > option.Length;
        if (!inline && (index + 1 == args.Count || args[index + 1].StartsWith("--", StringComparison.Ordinal)))
            throw new EngineException($"{option} needs a value.");

        var value = inline ? args[index][(option.Length + 1)..] : args[index + 1];
        args.RemoveRange(index, inline ? 1 : 2);
        return value;
    }
}
