using System.Text.RegularExpressions;

namespace EatFast.AuthorizationTests;

/// <summary>One row: what is called, with which body, and what each principal is to get.</summary>
public sealed record Row(string Service, string Method, string Path, string Access, string? Body)
{
    public string Name => $"{Method} {Path}";
}

/// <summary>authorization.yaml: kinds of access, and for every endpoint which kind it has.</summary>
public sealed partial class AuthorizationTable
{
    /// <summary>Not a service: strangers reach it.</summary>
    public const string Gateway = "gateway";

    public static readonly string[] Nobody = ["anonymous", "guest", "expired", "wrong-audience", "tampered"];

    public static readonly string[] Principals =
    [
        .. Nobody, "support", "customer-owner", "customer-other", "restaurant-own", "restaurant-other", "driver-assigned", "driver-other", "admin"
    ];

    private readonly Dictionary<string, Dictionary<string, string>> _access = [];

    public List<Row> Rows { get; } = [];

    public static AuthorizationTable Read()
    {
        var table = new AuthorizationTable();
        var section = "";
        foreach (var line in File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "authorization.yaml")))
        {
            if (Heading().Match(line) is { Success: true } heading)
                section = heading.Groups["name"].Value;
            else if (Entry().Match(line) is { Success: true } entry)
                table.Add(section, entry.Groups["key"].Value, entry.Groups["value"].Value, entry.Groups["body"].Value);
            else if (line.Trim().Length > 0 && !line.TrimStart().StartsWith('#'))
                throw new FormatException($"authorization.yaml: '{line}' is neither a heading nor a row.");
        }
        return table;
    }

    /// <summary>What this principal gets: pass, 401, 403 or 404.</summary>
    public string Expected(Row row, string principal) => _access[row.Access][principal];

    private void Add(string section, string key, string value, string body)
    {
        if (section == "access")
            _access[key] = Spread(value);
        else if (!_access.ContainsKey(value))
            throw new FormatException($"authorization.yaml: '{key}' has the unknown access '{value}'.");
        else
            Rows.Add(new Row(section, key[..key.IndexOf(' ')], key[(key.IndexOf(' ') + 1)..], value, body.Length > 0 ? body : null));
    }

    private static Dictionary<string, string> Spread(string value)
    {
        var rules = value.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(rule => rule.Split('=')).ToDictionary(rule => rule[0], rule => rule[1]);
        return Principals.ToDictionary(principal => principal, principal =>
            rules.TryGetValue(principal, out var own) ? own
            : Nobody.Contains(principal) && rules.TryGetValue("nobody", out var nobody) ? nobody
            : rules["others"]);
    }

    [GeneratedRegex(@"^(?<name>[a-z]+):$")]
    private static partial Regex Heading();

    [GeneratedRegex(@"^  ""?(?<key>[^""]+?)""?: (?<value>[a-z0-9= -]+?)( # (?<body>\{.*\}))?$")]
    private static partial Regex Entry();
}
