using System.Net.Http.Headers;

namespace EatFast.Ordering.Clients;

/// <summary>Asks Notifications, in the caller's own name, how much is unread; nobody's start screen waits or fails for it.</summary>
internal sealed class UnreadCount(HttpClient notifications, ILogger<UnreadCount> logger)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(500);

    private sealed record Reply(ReplyData Data);

    private sealed record ReplyData(int UnreadCount);

    /// <summary>Null while Notifications cannot say.</summary>
    public async Task<int?> OfAsync(string authorization, CancellationToken ct)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(Patience);
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("/api/v1/notifications?limit=1", UriKind.Relative));
        request.Headers.Authorization = AuthenticationHeaderValue.Parse(authorization);
        try
        {
            using var answer = await notifications.SendAsync(request, patience.Token);
            return answer.IsSuccessStatusCode ? (await answer.Content.ReadFromJsonAsync<Reply>(patience.Token))?.Data.UnreadCount : null;
        }
        catch (HttpRequestException away)
        {
            logger.LogInformation("Notifications is away: {Reason}", away.Message);
            return null;
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return null;
        }
    }
}
