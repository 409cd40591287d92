using System.Globalization;

namespace EatFast.Drills;

/// <summary>What the command line asks for.</summary>
internal sealed record DrillOptions(IReadOnlyList<string> Names, bool Release, bool Quiet, bool Lenient, int Seed, double? Rate, string State,
    string AppHost)
{
    public const string Usage =
        """
        usage: ./eatfast drill [all | D1 | D2 ...]   inflict misfortunes on a system of its own and check what is left
               ./eatfast drill sensitivity [defect]  switch on twelve seeded defects one by one: each has to be caught
               ./eatfast drill list                  the drills
               ./eatfast drill payments              ten thousand payments with all the provider's faults on (payments --help)
          --release       the long form, for a night
          --quiet         one line for each drill
          --lenient       limits of time that are missed are told, and fail nothing: for machines that do other things
          --seed <n>      another order of events
          --rate <n>      orders per second
        """;

    public static bool AsksForHelp(string[] args) => args.Any(arg => arg is "--help" or "-h" or "help");

    public bool IsSensitivity => Names.Contains("sensitivity");

    public static DrillOptions? Parse(string[] args)
    {
        var (release, quiet, lenient, seed, rate) = (false, false, false, 1, (double?)null);
        var names = new List<string>();
        for (var i = 0; i < args.Length; i++)
        {
            var value = i + 1 < args.Length ? args[i + 1] : "";
            switch (args[i])
            {
                case "--release":
                    release = true;
                    break;
                case "--quiet":
                    quiet = true;
                    break;
                case "--lenient":
                    lenient = true;
                    break;
                case "--seed" when int.TryParse(value, CultureInfo.InvariantCulture, out seed):
                    i++;
                    break;
                case "--rate" when double.TryParse(value, CultureInfo.InvariantCulture, out var given) && given > 0:
                    (rate, i) = (given, i + 1);
                    break;
                case var name when !name.StartsWith('-'):
                    names.Add(name);
                    break;
                default:
                    return null;
            }
        }
        return new(names, release, quiet, lenient, seed, rate, StateFolder(), AppHostProgram());
    }

    private static string StateFolder() =>
        Environment.GetEnvironmentVariable("EATFAST_DRILL_STATE") is { Length: > 0 } given
            ? Path.GetFullPath(given)
            : Path.Combine(Root(), ".eatfast", "drill");

    private static string AppHostProgram() =>
        Path.Combine(Root(), "artifacts", "drills", "bin", "EatFast.AppHost", "release", "EatFast.AppHost.dll");

    private static string Root()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "EatFast.sln")))
                return folder.FullName;
        return Environment.CurrentDirectory;
    }
}
