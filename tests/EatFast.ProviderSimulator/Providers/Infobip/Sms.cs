using System.Text.RegularExpressions;

namespace EatFast.ProviderSimulator.Providers.Infobip;

/// <summary>One text for one number, from the moment it was sent in until its report.</summary>
internal sealed partial record Sms
{
    private const int MaxParts = 10;

    public required Guid OutboxId { get; init; }
    public required string BulkId { get; init; }
    public required string MessageId { get; init; }
    public required string To { get; init; }
    public required string Sender { get; init; }
    public required string Text { get; init; }
    public required InfobipStatus Status { get; init; }
    public required DateTimeOffset SentAt { get; init; }
    public required DateTimeOffset DoneAt { get; init; }
    public string? CallbackData { get; init; }
    public string? ReportUrl { get; init; }
    public bool IsV3 { get; init; }
    public bool IsReportFetched { get; init; }

    public int Parts => SmsParts.Count(Text);

    // Numbers that end in 0000 belong to nobody.
    public InfobipStatus Outcome => To.EndsWith("0000", StringComparison.Ordinal) ? InfobipStatus.NotDelivered : InfobipStatus.Delivered;

    public static InfobipStatus Judge(SmsDraft draft) => draft switch
    {
        { To.Length: 0 } => InfobipStatus.MissingTo,
        _ when !InternationalDigits().IsMatch(draft.To) => InfobipStatus.BadDestination,
        _ when SmsParts.Count(draft.Text) > MaxParts => InfobipStatus.TooLong,
        _ => InfobipStatus.Accepted,
    };

    [GeneratedRegex(@"\A[1-9][0-9]{7,14}\z")]
    private static partial Regex InternationalDigits();
}

internal sealed record SmsDraft(string? MessageId, string To, string Sender, string Text)
{
    public string? ReportUrl { get; init; }
    public string? CallbackData { get; init; }
}

/// <summary>Counts the parts that are paid for: one letter outside GSM-7, such as ê, makes every part less than half as long.</summary>
internal static class SmsParts
{
    private const string Basic =
        "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
        + "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
    private const string Extended = "\f^{}\\[~]|€";

    public static int Count(string text)
    {
        if (text.Length == 0)
            return 1;
        if (!text.All(letter => Basic.Contains(letter, StringComparison.Ordinal) || Extended.Contains(letter, StringComparison.Ordinal)))
            return Parts(text.Length, 70, 67);
        return Parts(text.Length + text.Count(letter => Extended.Contains(letter, StringComparison.Ordinal)), 160, 153);
    }

    private static int Parts(int length, int single, int joined) => length <= single ? 1 : (length + joined - 1) / joined;
}
