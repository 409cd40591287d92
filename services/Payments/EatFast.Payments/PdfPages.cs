using System.Globalization;
using System.Text;

namespace EatFast.Payments;

/// <summary>Lines of text as a PDF in a typewriter face, which needs no font in the file; enough for a statement.</summary>
internal static class PdfPages
{
    private const int LinesPerPage = 62;
    private const int FirstPageObject = 4;

    public static byte[] Of(IReadOnlyList<string> lines)
    {
        var pages = lines.Chunk(LinesPerPage).DefaultIfEmpty([]).ToList();
        var kids = string.Join(' ', Enumerable.Range(0, pages.Count).Select(page => $"{FirstPageObject + (page * 2)} 0 R"));
        List<string> objects =
        [
            "<< /Type /Catalog /Pages 2 0 R >>",
            $"<< /Type /Pages /Kids [{kids}] /Count {pages.Count} >>",
            "<< /Type /Font /Subtype /Type1 /BaseFont /Courier /Encoding /WinAnsiEncoding >>"
        ];
        foreach (var page in pages)
        {
            var content = ContentOf(page);
            const string Page = "/Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >>";
            objects.Add($"<< {Page} /Contents {objects.Count + 2} 0 R >>");
            objects.Add($"<< /Length {content.Length} >>\nstream\n{content}\nendstream");
        }
        return Assemble(objects);
    }

    private static byte[] Assemble(List<string> objects)
    {
        var file = new StringBuilder("%PDF-1.4\n");
        var offsets = new List<int>();
        for (var number = 1; number <= objects.Count; number++)
        {
            offsets.Add(file.Length);
            file.Append(CultureInfo.InvariantCulture, $"{number} 0 obj\n{objects[number - 1]}\nendobj\n");
        }
        var table = file.Length;
        file.Append(CultureInfo.InvariantCulture, $"xref\n0 {objects.Count + 1}\n0000000000 65535 f \n");
        offsets.ForEach(offset => file.Append(CultureInfo.InvariantCulture, $"{offset:D10} 00000 n \n"));
        file.Append(CultureInfo.InvariantCulture, $"trailer\n<< /Size {objects.Count + 1} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n");
        // One byte a letter, so that the offsets counted above are those of the file.
        return Encoding.Latin1.GetBytes(file.ToString());
    }

    private static string ContentOf(IEnumerable<string> lines)
    {
        var text = string.Join("\n", lines.Select(line => $"({Escape(line)}) Tj T*"));
        return $"BT /F1 9 Tf 12 TL 40 800 Td\n{text}\nET";
    }

    private static string Escape(string line) => string.Concat(line.Select(letter => letter switch
    {
        '(' or ')' or '\\' => $"\\{letter}",
        < ' ' or > 'ÿ' => "?",
        _ => $"{letter}"
    }));
}
