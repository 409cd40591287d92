using System.Globalization;
using System.Text;

namespace EatFast.Http;

/// <summary>Pages of text as PDF 1.4 in a typewriter face that every reader has: enough for receipts and statements, and nothing to install.</summary>
public static class PdfFile
{
    private const int FirstPage = 5;

    /// <summary>One A4 page for each content stream; /F1 is Courier, /F2 its bold.</summary>
    public static byte[] Of(IReadOnlyList<string> contents)
    {
        var kids = string.Join(' ', contents.Select((_, page) => $"{FirstPage + (2 * page)} 0 R"));
        List<string> objects =
        [
            "<< /Type /Catalog /Pages 2 0 R >>",
            $"<< /Type /Pages /Kids [{kids}] /Count {contents.Count} >>",
            "<< /Type /Font /Subtype /Type1 /BaseFont /Courier /Encoding /WinAnsiEncoding >>",
            "<< /Type /Font /Subtype /Type1 /BaseFont /Courier-Bold /Encoding /WinAnsiEncoding >>"
        ];
        foreach (var content in contents)
        {
            objects.Add($"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {objects.Count + 2} 0 R "
                + "/Resources << /Font << /F1 3 0 R /F2 4 0 R >> >> >>");
            objects.Add($"<< /Length {content.Length} >>\nstream\n{content}\nendstream");
        }
        return Assemble(objects);
    }

    /// <summary>As the text of a content stream; letters that the face does not have become question marks.</summary>
    public static string Escape(string text) => string.Concat(text.Select(letter => letter switch
    {
        '(' or ')' or '\\' => $"\\{letter}",
        '\u2019' => "'",
        < ' ' or > '\u00ff' => "?",
        _ => letter.ToString()
    }));

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
}
