using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using EatFast.Notifications.Domain;

namespace EatFast.Notifications.Clients;

/// <summary>Texts by Infobip. A 200 may hold a rejection, and "duplicate message id" means that an earlier try did arrive.</summary>
internal sealed class Infobip(HttpClient http, InfobipOptions options)
{
    private const int Duplicate = 23;
    private const int Undeliverable = 2;
    private const int Expired = 4;
    private const int Rejected = 5;
    // Not enough credits, flooding filter, system error: the message itself is fine.
    private static readonly int[] Passing = [12, 20, 21];

    private sealed record Sent(IReadOnlyList<SentMessage>? Messages);

    private sealed record SentMessage(SentStatus? Status);

    private sealed record SentStatus(int GroupId, int Id, string? Name);

    public async Task<SendOutcome> SendAsync(Guid messageId, string phone, string text, CancellationToken ct)
    {
        using var request = RequestOf(messageId, phone, text);
        try
        {
            using var answer = await http.SendAsync(request, ct);
            return answer.StatusCode switch
            {
                HttpStatusCode.OK => Judge(await answer.Content.ReadFromJsonAsync<Sent>(ct)),
                HttpStatusCode.BadRequest => SendOutcome.Refused("Infobip finds the request malformed."),
                _ => SendOutcome.TryAgain($"Infobip answered {(int)answer.StatusCode}.")
            };
        }
        catch (HttpRequestException unreachable)
        {
            return SendOutcome.TryAgain($"Infobip cannot be reached: {unreachable.HttpRequestError}.");
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return SendOutcome.TryAgain("Infobip did not answer in time.");
        }
        catch (JsonException)
        {
            return SendOutcome.TryAgain("Infobip's answer cannot be read.");
        }
    }

    private HttpRequestMessage RequestOf(Guid messageId, string phone, string text)
    {
        var message = new
        {
            sender = options.Sender,
            destinations = new[] { new { to = phone.TrimStart('+'), messageId = messageId.ToString() } },
            content = new { text },
            webhooks = new { delivery = new { url = options.ReportUrl }, contentType = "application/json" }
        };
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri($"{options.BaseUrl.TrimEnd('/')}/sms/3/messages"))
        {
            Content = JsonContent.Create(new { messages = new[] { message } })
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("App", options.ApiKey);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        return request;
    }

    private static SendOutcome Judge(Sent? sent) => sent?.Messages is [{ Status: { } status }, ..]
        ? Judge(status)
        : SendOutcome.TryAgain("Infobip's answer holds no status.");

    private static SendOutcome Judge(SentStatus status) => status switch
    {
        { Id: Duplicate } => SendOutcome.Sent,
        { GroupId: Undeliverable or Expired or Rejected } => Passing.Contains(status.Id)
            ? SendOutcome.TryAgain($"Infobip: {status.Name}")
            : SendOutcome.Refused($"Infobip: {status.Name}"),
        _ => SendOutcome.Sent
    };
}
