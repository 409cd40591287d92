using System.Text.Json;

namespace EatFast.LocalEngine.Running;

/// <summary>Passwords and keys that are generated once and then kept, readable by their owner alone.</summary>
internal sealed class Secrets(string path)
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };
    private readonly Lock gate = new();
    private SortedDictionary<string, string>? values;

    public string GetOrCreate(string name, Func<string> create)
    {
        lock (gate)
        {
            values ??= Load();
            if (values.TryGetValue(name, out var value))
                return value;

            values[name] = value = create();
            PrivateFile.Write(path, JsonSerializer.Serialize(values, Indented));
            return value;
        }
    }

    private SortedDictionary<string, string> Load()
    {
        if (!File.Exists(path))
            return [];

        try
        {
            File.SetUnixFileMode(path, PrivateFile.Mode);
            return JsonSerializer.Deserialize<SortedDictionary<string, string>>(File.ReadAllText(path)) ?? [];
        }
        catch (JsonException)
        {
            throw new EngineException(
                $"{path} is not valid JSON: mend it, or run './eatfast reset' to start with new secrets and empty stores.");
        }
    }
}

/// <summary>Files that hold secrets: replaced whole, so that a reader never sees half of one, and never readable by others.</summary>
internal static class PrivateFile
{
    public const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    public static void Write(string path, string content)
    {
        var temporary = $"{path}.{Environment.ProcessId}.tmp";
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        File.Delete(temporary);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = Mode };
        using (var writer = new StreamWriter(temporary, options))
            writer.Write(content);
        File.Move(temporary, path, overwrite: true);
    }
}
