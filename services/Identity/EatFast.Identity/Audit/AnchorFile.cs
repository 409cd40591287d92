namespace EatFast.Identity.Audit;

/// <summary>
/// The second place where signed heads are kept, outside the database (<c>Audit:AnchorFile</c>): the one witness of a log that was
/// cut off or written anew together with its heads. Mount it where the database's administrators cannot write.
/// </summary>
internal sealed class AnchorFile(IConfiguration configuration)
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    public string? Path { get; } = configuration["Audit:AnchorFile"] is { Length: > 0 } configured ? configured
        : configuration["EATFAST_STATE"] is { Length: > 0 } state ? System.IO.Path.Combine(state, "audit-anchors.log")
        : null;

    public async Task AppendAsync(string line, CancellationToken ct)
    {
        if (Path is null)
            return;
        var options = new FileStreamOptions
        {
            Mode = FileMode.Append,
            Access = FileAccess.Write,
            Share = FileShare.Read,
            Options = FileOptions.WriteThrough
        };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = Private;
        await using var file = new FileStream(Path, options);
        await using var writer = new StreamWriter(file);
        await writer.WriteLineAsync(line.AsMemory(), ct);
    }

    public IReadOnlyList<string> Read() => Path is not null && File.Exists(Path) ? File.ReadAllLines(Path) : [];
}
