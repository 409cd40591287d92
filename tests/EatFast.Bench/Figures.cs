using System.Text.Json;
using EatFast.Load;

namespace EatFast.Bench;

/// <summary>Prints each figure when it is known, and keeps it for the JSON file.</summary>
internal sealed class Figures
{
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web) { WriteIndented = true };
    private readonly Dictionary<string, object> _all = [];

    public static void Title(string text) => Console.WriteLine($"\n{text}");

    public static void Note(string text) => Console.WriteLine($"    {text}");

    public void Add(string key, string name, Spread spread, string unit)
    {
        _all[key] = new { unit, spread.Lowest, spread.Middle, spread.Highest, spread.Values };
        Console.WriteLine($"  {name,-52} {spread} {unit}");
    }

    public void Add(string key, string name, double value, string unit) => Add(key, name, new Spread([value]), unit);

    public void AddList<T>(string key, IReadOnlyList<T> list) => _all[key] = list;

    public void Goal(string key, string sentence, bool isMet)
    {
        _all[key] = isMet;
        Console.WriteLine($"  {(isMet ? "✔" : "✘")} {sentence}");
    }

    public void Statuses(string key, LoadCounts counts)
    {
        _all[key] = counts.ByStatus;
        var retried = counts.Retries > 0 ? $", {counts.Retries} repeated" : "";
        var answers = counts.ByStatus.Select(pair => $"{(pair.Key == 0 ? "none" : $"{pair.Key}")} × {pair.Value}");
        Note($"answers: {string.Join(", ", answers)}{retried}");
    }

    public void WriteTo(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        File.WriteAllText(path, JsonSerializer.Serialize(_all, Format));
    }
}
