using System.Security.Cryptography;
using EatFast.Catalog.Domain;
using EatFast.Errors;
using NetVips;

namespace EatFast.Catalog.Clients;

/// <summary>
/// Makes what is stored from what was sent: upright, in three widths, as WebP, without anything that the camera wrote into it. Nothing
/// that was sent is ever kept or served as it is.
/// </summary>
internal static class ImageWorkshop
{
    private const long MostPixels = 40_000_000;
    private const int Quality = 80;

    /// <summary>Refuses with IMAGE_UNREADABLE or IMAGE_TOO_LARGE.</summary>
    public static (string Content, IReadOnlyList<(int Width, byte[] Bytes)> Sizes) Make(byte[] sent)
    {
        // The library reads far more formats, some of which are programs: only these three get that far.
        if (!IsJpeg(sent) && !IsPng(sent) && !IsWebp(sent))
            throw new RuleViolatedException("IMAGE_UNREADABLE");
        try
        {
            using (var header = Image.NewFromBuffer(sent, access: Enums.Access.Sequential))
                if ((long)header.Width * header.Height > MostPixels)
                    throw new RuleViolatedException("IMAGE_TOO_LARGE");
            var sizes = ImageName.Widths.Select(width => (width, Shrink(sent, width))).ToList();
            // Named by what comes out: the same picture always gets the same name.
            return (Convert.ToHexStringLower(SHA256.HashData(sizes[^1].Item2).AsSpan(0, 20)), sizes);
        }
        catch (VipsException broken)
        {
            throw new RuleViolatedException("IMAGE_UNREADABLE", ("reason", broken.Message.Split('\n')[0]));
        }
    }

    // Shrinks while decoding, turns upright by the camera's note, and never enlarges.
    private static byte[] Shrink(byte[] sent, int width)
    {
        using var image = Image.ThumbnailBuffer(sent, width, height: width, size: Enums.Size.Down, failOn: Enums.FailOn.Error);
        return image.WebpsaveBuffer(q: Quality, keep: Enums.ForeignKeep.None);
    }

    private static bool IsJpeg(byte[] sent) => sent.AsSpan().StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]);

    private static bool IsPng(byte[] sent) => sent.AsSpan().StartsWith((ReadOnlySpan<byte>)[0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]);

    private static bool IsWebp(byte[] sent) => sent.Length > 12 && sent.AsSpan().StartsWith("RIFF"u8) && sent.AsSpan(8).StartsWith("WEBP"u8);
}
