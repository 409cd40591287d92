using System.Text.RegularExpressions;

namespace EatFast.Catalog.Domain;

/// <summary>
/// What a stored image is called: by its content, in each of its widths, so that an address never changes its meaning and may be kept
/// for ever. Answers carry the middle one and name the others as a srcset.
/// </summary>
public static partial class ImageName
{
    public const int Middle = 800;
    private const string Folder = "/images/";

    public static IReadOnlyList<int> Widths { get; } = [320, Middle, 1600];

    public static string Of(string content, int width) => $"{content}-{width}.webp";

    public static string UrlOf(string content, int width = Middle) => Folder + Of(content, width);

    public static string? SrcsetOf(string? url) => url is not null && Ours().Match(url) is { Success: true } match
        ? string.Join(", ", Widths.Select(width => $"{UrlOf(match.Groups["content"].Value, width)} {width}w"))
        : null;

    /// <summary>The content's name within an address of ours, else null.</summary>
    public static string? ContentOf(string url) => Ours().Match(url) is { Success: true } match ? match.Groups["content"].Value : null;

    public static bool IsFile(string name) => File().IsMatch(name);

    [GeneratedRegex("^/images/(?<content>[0-9a-f]{40})-(320|800|1600)\\.webp$")]
    private static partial Regex Ours();

    [GeneratedRegex("^[0-9a-f]{40}-(320|800|1600)\\.webp$")]
    private static partial Regex File();
}
