namespace EatFast.PaymentDrill;

/// <summary>A provider that takes a call and says nothing until it is let go; not even who called can end the wait.</summary>
public sealed class Hanging : HttpMessageHandler
{
    private readonly TaskCompletionSource _release = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _calls;

    public int Calls => Volatile.Read(ref _calls);

    public void LetGo() => _release.TrySetResult();

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _calls);
        await _release.Task;
        throw new HttpRequestException(HttpRequestError.ConnectionError);
    }
}
