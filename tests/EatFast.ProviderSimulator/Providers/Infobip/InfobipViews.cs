using System.Globalization;

namespace EatFast.ProviderSimulator.Providers.Infobip;

internal sealed record InfobipQuery(string? BulkId, string? MessageId, string? Destination, int Limit)
{
    public bool Asks(Sms sms) =>
        (BulkId is null || sms.BulkId == BulkId)
        && (MessageId is null || sms.MessageId == MessageId)
        && (Destination is null || sms.To == Destination);
}

/// <summary>How Infobip tells of a message; the two versions of the API use other names for the same things.</summary>
internal static class InfobipViews
{
    private const string MobileNetwork = "62401";
    private static readonly object NoPrice = new { PricePerMessage = 0.0, Currency = "XAF" };

    public static object Sent(Sms sms) => sms.IsV3
        ? new { sms.MessageId, Status = Told(sms.Status), Destination = sms.To, Details = new { MessageCount = sms.Parts } }
        : new { sms.MessageId, sms.To, Status = Told(sms.Status), SmsCount = sms.Parts };

    public static object Report(Sms sms) => sms.IsV3
        ? new
        {
            sms.BulkId,
            sms.MessageId,
            sms.To,
            sms.Sender,
            SentAt = Date(sms.SentAt),
            DoneAt = Date(sms.DoneAt),
            MessageCount = sms.Parts,
            MccMnc = MobileNetwork,
            sms.CallbackData,
            Price = NoPrice,
            Status = Told(sms.Status),
            Error = InfobipError.Of(sms.Status),
            Platform = new { EntityId = (string?)null, ApplicationId = "default" },
        }
        : new
        {
            sms.BulkId,
            sms.MessageId,
            sms.To,
            From = sms.Sender,
            SentAt = Date(sms.SentAt),
            DoneAt = Date(sms.DoneAt),
            SmsCount = sms.Parts,
            MccMnc = MobileNetwork,
            sms.CallbackData,
            Price = NoPrice,
            Status = Told(sms.Status),
            Error = InfobipError.Of(sms.Status),
        };

    public static object Log(Sms sms) => new
    {
        sms.BulkId,
        sms.MessageId,
        Destination = sms.To,
        sms.Sender,
        SentAt = Date(sms.SentAt),
        DoneAt = sms.Status.IsFinal ? Date(sms.DoneAt) : null,
        MessageCount = sms.Parts,
        Content = new { sms.Text },
        MccMnc = MobileNetwork,
        Price = NoPrice,
        Status = Told(sms.Status),
        Error = InfobipError.Of(sms.Status),
    };

    private static object Told(InfobipStatus status) =>
        new { status.GroupId, status.GroupName, status.Id, status.Name, status.Description };

    private static string Date(DateTimeOffset at) =>
        at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'+0000'", CultureInfo.InvariantCulture);
}
