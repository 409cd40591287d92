using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace EatFast.PaymentDrill;

/// <summary>The mistake that the drill has to notice: a charge whose answer was lost is said again, under another reference.</summary>
internal sealed class RepeatingClient(HttpMessageHandler provider) : DelegatingHandler(provider)
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (!request.RequestUri!.AbsolutePath.EndsWith("/collect/", StringComparison.Ordinal))
            return await base.SendAsync(request, cancellationToken);
        var body = await request.Content!.ReadAsStringAsync(cancellationToken);
        try
        {
            var answer = await base.SendAsync(Copy(request, body), cancellationToken);
            // The answer may break off in its middle.
            await answer.Content.LoadIntoBufferAsync(cancellationToken);
            if (answer.StatusCode < HttpStatusCode.InternalServerError)
                return answer;
        }
        catch (Exception lost) when (lost is HttpRequestException or IOException or OperationCanceledException
            && !cancellationToken.IsCancellationRequested)
        {
            // The server may have done it all the same: that is the mistake.
        }
        var again = JsonNode.Parse(body)!;
        var reference = Guid.NewGuid().ToString();
        (again["external_reference"], again["external_user"]) = (reference, reference);
        return await base.SendAsync(Copy(request, again.ToJsonString()), cancellationToken);
    }

    private static HttpRequestMessage Copy(HttpRequestMessage request, string body)
    {
        var copy = new HttpRequestMessage(request.Method, request.RequestUri)
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json")
        };
        copy.Headers.Authorization = request.Headers.Authorization;
        return copy;
    }
}
