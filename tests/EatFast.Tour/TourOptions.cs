using System.Text.Json.Nodes;

namespace EatFast.Tour;

/// <summary>Where the running system is: from the arguments, else from a run's endpoints.json, else the usual ports.</summary>
internal sealed record TourOptions(Uri Gateway, Uri Simulator, bool Quiet)
{
    private const string Usage = "usage: EatFast.Tour [--gateway URL] [--simulator URL] [--quiet]";

    public static bool TryParse(string[] args, out TourOptions options, out string complaint)
    {
        var (gateway, simulator) = FromRun();
        options = new TourOptions(gateway, simulator, Quiet: false);
        complaint = "";
        for (var index = 0; index < args.Length && complaint.Length == 0; index++)
        {
            var value = index + 1 < args.Length && Uri.TryCreate(args[index + 1], UriKind.Absolute, out var url) ? url : null;
            switch (args[index])
            {
                case "--quiet":
                    options = options with { Quiet = true };
                    break;
                case "--gateway" when value is not null:
                    (options, index) = (options with { Gateway = value }, index + 1);
                    break;
                case "--simulator" when value is not null:
                    (options, index) = (options with { Simulator = value }, index + 1);
                    break;
                default:
                    complaint = $"Not understood: {args[index]}\n{Usage}";
                    break;
            }
        }
        return complaint.Length == 0;
    }

    private static (Uri Gateway, Uri Simulator) FromRun()
    {
        var file = EndpointsFiles().FirstOrDefault(File.Exists);
        var endpoints = file is null ? null : JsonNode.Parse(File.ReadAllText(file));
        return (
            new Uri((string?)endpoints?["gateway"] ?? "http://localhost:8080"),
            new Uri((string?)endpoints?["simulator"] ?? "http://localhost:8090"));
    }

    private static IEnumerable<string> EndpointsFiles()
    {
        if (Environment.GetEnvironmentVariable("EATFAST_STATE") is { Length: > 0 } state)
            yield return Path.Combine(state, "endpoints.json");
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            yield return Path.Combine(folder.FullName, ".eatfast", "endpoints.json");
    }
}
