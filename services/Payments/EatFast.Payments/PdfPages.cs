using EatFast.Http;

namespace EatFast.Payments;

/// <summary>Lines of text on as many pages as they need, as a statement has them.</summary>
internal static class PdfPages
{
    private const int LinesPerPage = 62;

    public static byte[] Of(IReadOnlyList<string> lines) => PdfFile.Of([.. lines.Chunk(LinesPerPage).DefaultIfEmpty([]).Select(ContentOf)]);

    private static string ContentOf(string[] lines)
    {
        var text = string.Join("\n", lines.Select(line => $"({PdfFile.Escape(line)}) Tj T*"));
        return $"BT /F1 9 Tf 12 TL 40 800 Td\n{text}\nET";
    }
}
