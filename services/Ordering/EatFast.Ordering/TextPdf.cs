using System.Globalization;
using System.Text;
using EatFast.Http;

namespace EatFast.Ordering;

/// <summary>One line of a page: left text, and a right-aligned figure beside it where there is one.</summary>
internal sealed record PdfLine(string Left, string? Right = null, bool IsBold = false);

/// <summary>Lines with right-aligned figures on as many pages as they need, as a receipt has them.</summary>
internal static class TextPdf
{
    private const int LinesPerPage = 50;
    private const int Leading = 15;
    private const int Top = 790;
    private const int Left = 50;
    private const int Columns = 82;

    public static byte[] Of(IEnumerable<PdfLine> lines) => PdfFile.Of([.. lines.Chunk(LinesPerPage).Select(ContentOf)]);

    // A fixed-width font: right-aligning is counting letters.
    private static string ContentOf(PdfLine[] page)
    {
        var content = new StringBuilder("BT\n");
        foreach (var (number, line) in page.Index())
        {
            var right = line.Right ?? "";
            var left = Shorten(line.Left, Columns - right.Length - 1);
            var text = PdfFile.Escape(left + right.PadLeft(Columns - left.Length));
            content.Append(CultureInfo.InvariantCulture, $"/{(line.IsBold ? "F2" : "F1")} 10 Tf 1 0 0 1 {Left} {Top - number * Leading} Tm ({text}) Tj\n");
        }
        return content.Append("ET").ToString();
    }

    private static string Shorten(string text, int length) => text.Length <= length ? text : text[..(length - 3)] + "...";
}
