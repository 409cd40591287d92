using EatFast.Drills.Checking;

namespace EatFast.Drills.Reading;

/// <summary>Searches logs and dead letters for what the drill's own people have entrusted to the system.</summary>
internal static class Canaries
{
    public static IReadOnlyList<Leak> Search(IReadOnlyCollection<string> secrets, string logs, IEnumerable<DeadLetter> letters)
    {
        var leaks = new HashSet<Leak>();
        if (secrets.Count == 0)
            return [];
        foreach (var log in Directory.EnumerateFiles(logs))
            using (var reader = new StreamReader(new FileStream(log, FileMode.Open, FileAccess.Read, FileShare.ReadWrite)))
                while (reader.ReadLine() is { } line)
                    Note(leaks, secrets, line, Path.GetFileName(log));
        foreach (var letter in letters)
            Note(leaks, secrets, letter.Body, letter.Queue);
        return [.. leaks];
    }

    private static void Note(HashSet<Leak> leaks, IEnumerable<string> secrets, string text, string where)
    {
        foreach (var secret in secrets.Where(secret => text.Contains(secret, StringComparison.OrdinalIgnoreCase)))
            leaks.Add(new(secret, where));
    }
}
