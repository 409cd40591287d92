using System.Globalization;
using System.Text;

namespace EatFast.Ordering;

/// <summary>One line of a page: left text, and a right-aligned figure beside it where there is one.</summary>
internal sealed record PdfLine(string Left, string? Right = null, bool IsBold = false);

/// <summary>Plain pages of text as PDF 1.4, in a font that every reader has; enough for a receipt, and nothing to install.</summary>
internal static class TextPdf
{
    private const int LinesPerPage = 50;
    private const int Leading = 15;
    private const int Top = 790;
    private const int Left = 50;
    private const int Columns = 82;

    public static byte[] Of(IEnumerable<PdfLine> lines)
    {
        var pages = lines.Chunk(LinesPerPage).ToList();
        var kids = string.Join(' ', pages.Select((_, page) => $"{5 + 2 * page} 0 R"));
        List<string> objects =
        [
            "<< /Type /Catalog /Pages 2 0 R >>",
            $"<< /Type /Pages /Kids [{kids}] /Count {pages.Count} >>",
            "<< /Type /Font /Subtype /Type1 /BaseFont /Courier /Encoding /WinAnsiEncoding >>",
            "<< /Type /Font /Subtype /Type1 /BaseFont /Courier-Bold /Encoding /WinAnsiEncoding >>"
        ];
        foreach (var (number, page) in pages.Index())
        {
            var text = ContentOf(page);
            objects.Add($"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {6 + 2 * number} 0 R "
                + "/Resources << /Font << /F1 3 0 R /F2 4 0 R >> >> >>");
            objects.Add($"<< /Length {Encoding.Latin1.GetByteCount(text)} >>\nstream\n{text}\nendstream");
        }
        return Assemble(objects);
    }

    // A fixed-width font: right-aligning is counting letters.
    private static string ContentOf(PdfLine[] page)
    {
        var content = new StringBuilder("BT\n");
        foreach (var (number, line) in page.Index())
        {
            var right = line.Right ?? "";
            var left = Shorten(line.Left, Columns - right.Length - 1);
            var text = Escape(left + right.PadLeft(Columns - left.Length));
            content.Append(CultureInfo.InvariantCulture, $"/{(line.IsBold ? "F2" : "F1")} 10 Tf 1 0 0 1 {Left} {Top - number * Leading} Tm ({text}) Tj\n");
        }
        return content.Append("ET").ToString();
    }

    private static byte[] Assemble(List<string> objects)
    {
        var file = new StringBuilder("%PDF-1.4\n");
        var places = new List<int>();
        foreach (var (number, body) in objects.Index())
        {
            places.Add(file.Length);
            file.Append(CultureInfo.InvariantCulture, $"{number + 1} 0 obj\n{body}\nendobj\n");
        }
        var table = file.Length;
        file.Append(CultureInfo.InvariantCulture, $"xref\n0 {objects.Count + 1}\n0000000000 65535 f \n");
        foreach (var place in places)
            file.Append(CultureInfo.InvariantCulture, $"{place:d10} 00000 n \n");
        file.Append(CultureInfo.InvariantCulture, $"trailer\n<< /Size {objects.Count + 1} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n");
        // Latin 1 has one byte per letter, so places in the text are places in the file.
        return Encoding.Latin1.GetBytes(file.ToString());
    }

    private static string Shorten(string text, int length) => text.Length <= length ? text : text[..(length - 3)] + "...";

    private static string Escape(string text) => string.Concat(text.Select(letter => letter switch
    {
        '(' or ')' or '\\' => $"\\{letter}",
        '\u2019' => "'",
        < ' ' or > '\u00ff' => "?",
        _ => letter.ToString()
    }));
}
