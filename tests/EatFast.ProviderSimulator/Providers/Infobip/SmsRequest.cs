using System.Text.Json;
using EatFast.ProviderSimulator.Http;

namespace EatFast.ProviderSimulator.Providers.Infobip;

/// <summary>Reads a bulk in either version; one violation refuses the whole bulk, while a bad number rejects only its message.</summary>
internal sealed class SmsRequest
{
    private const int MaxIdLength = 200;
    private const int MaxBulkIdLength = 100;
    private const int MaxCallbackLength = 4000;
    private const string Missing = "must not be null";

    private readonly bool isV3;

    private SmsRequest(JsonElement body, bool isV3)
    {
        this.isV3 = isV3;
        BulkId = isV3 ? body.Field("options")?.Field("schedule")?.Text("bulkId") : body.Text("bulkId");
        Refuse("bulkId", BulkId?.Length > MaxBulkIdLength, $"size must be between 0 and {MaxBulkIdLength}");
        var messages = body.Items("messages");
        Refuse("messages", messages.Count == 0, "must not be empty");
        for (var index = 0; index < messages.Count; index++)
            ReadMessage(messages[index], $"messages[{index}]");
    }

    public string? BulkId { get; }
    public List<SmsDraft> Drafts { get; } = [];
    public List<Violation> Violations { get; } = [];

    public static SmsRequest Read(JsonElement body, bool isV3) => new(body, isV3);

    private void ReadMessage(JsonElement message, string path)
    {
        var text = isV3 ? message.Field("content")?.Text("text") : message.Text("text");
        var webhooks = isV3 ? message.Field("webhooks") : message;
        var reportUrl = isV3 ? webhooks?.Field("delivery")?.Text("url") : message.Text("notifyUrl");
        var callback = webhooks?.Text("callbackData");
        Refuse($"{path}.{(isV3 ? "content.text" : "text")}", string.IsNullOrEmpty(text), Missing);
        var isBadUrl = reportUrl is not null && Webhooks.ToUrl(reportUrl) is null;
        Refuse($"{path}.{(isV3 ? "webhooks.delivery.url" : "notifyUrl")}", isBadUrl, "must be a valid URL");
        Refuse($"{path}.callbackData", callback?.Length > MaxCallbackLength, $"size must be between 0 and {MaxCallbackLength}");
        var destinations = message.Items("destinations");
        Refuse($"{path}.destinations", destinations.Count == 0, "must not be empty");
        for (var index = 0; index < destinations.Count; index++)
            ReadDestination(destinations[index], $"{path}.destinations[{index}]", new SmsDraft(null, "", Sender(message), text ?? "")
            {
                ReportUrl = reportUrl,
                CallbackData = callback,
            });
    }

    private void ReadDestination(JsonElement destination, string path, SmsDraft draft)
    {
        var to = destination.Text("to");
        var messageId = destination.Text("messageId");
        // Version 2 rejects the one message instead.
        Refuse($"{path}.to", isV3 && string.IsNullOrEmpty(to), Missing);
        Refuse($"{path}.messageId", messageId?.Length > MaxIdLength, $"size must be between 0 and {MaxIdLength}");
        Drafts.Add(draft with { To = to ?? "", MessageId = string.IsNullOrEmpty(messageId) ? null : messageId });
    }

    private string Sender(JsonElement message) => message.Text(isV3 ? "sender" : "from") is { Length: > 0 } sender ? sender : "ServiceSMS";

    private void Refuse(string property, bool isWrong, string complaint)
    {
        if (isWrong)
            Violations.Add(new Violation(property, complaint));
    }
}
