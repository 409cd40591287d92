using Polly.CircuitBreaker;
using Polly.Timeout;

namespace EatFast.Payments.Clients;

/// <summary>Tells calls that ended without an answer from those that certainly never left: only the latter may be said again.</summary>
internal static class Trouble
{
    public static bool Is(Exception exception, CancellationToken ct) => !ct.IsCancellationRequested
        && exception is HttpRequestException or IOException or OperationCanceledException
            or TimeoutRejectedException or BrokenCircuitException;

    public static bool NeverLeft(Exception exception) => exception is BrokenCircuitException or HttpRequestException
    {
        HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError
    };
}
