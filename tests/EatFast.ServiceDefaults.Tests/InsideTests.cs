using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using EatFast.Security;
using EatFast.Testing;

namespace EatFast.ServiceDefaultsTests;

public sealed class InsideTests(ProbeSystem system)
{
    [Theory]
    [InlineData("/api/v1/notes")]
    [InlineData("/openapi/v1.json")]
    [InlineData("/nothing-here")]
    public async Task Whoever_comes_past_the_gateway_is_refused_also_with_a_good_token(string path)
    {
        var outsider = system.ClientOf("probe", Guid.NewGuid());
        outsider.DefaultRequestHeaders.Add("X-Test-Outsider", "1");
        outsider.DefaultRequestHeaders.Add(InternalCalls.Header, "guess");

        var answer = await outsider.GetAsync(new Uri(path, UriKind.Relative));

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Equal("GATEWAY_ONLY", (string?)(await answer.Content.ReadFromJsonAsync<JsonObject>())!["error_code"]);
    }

    [Theory]
    [InlineData("/health")]
    [InlineData("/alive")]
    [InlineData("/metrics")]
    public async Task Probes_hold_no_secret(string path)
    {
        var outsider = system.ClientOf("probe");
        outsider.DefaultRequestHeaders.Add("X-Test-Outsider", "1");

        Assert.Equal(HttpStatusCode.OK, (await outsider.GetAsync(new Uri(path, UriKind.Relative))).StatusCode);
    }

    [Fact]
    public async Task A_token_of_an_account_that_was_revoked_is_refused_here_too()
    {
        var (gone, other) = (Guid.NewGuid(), Guid.NewGuid());
        var revocations = (Revocations)system.Probe.Services.GetService(typeof(Revocations))!;
        Assert.NotEqual(HttpStatusCode.Unauthorized, await StatusOfAsync(gone));
        system.Tokens.Revoked = new(system.Clock.GetUtcNow(), [new RevokedUser(gone, 1, system.Clock.GetUtcNow())], []);

        await revocations.LookAsync(CancellationToken.None);

        Assert.Equal(HttpStatusCode.Unauthorized, await StatusOfAsync(gone));
        Assert.NotEqual(HttpStatusCode.Unauthorized, await StatusOfAsync(other));
        system.Tokens.Revoked = new(DateTimeOffset.UnixEpoch, [], []);
    }

    [Fact]
    public async Task A_key_that_is_new_is_looked_for_before_its_token_is_judged()
    {
        using var published = new KeyStore();
        using var keys = new IdentityKeys(published, TimeProvider.System);
        await keys.GetConfigurationAsync(CancellationToken.None);
        published.Publish("second");

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => keys.EnsureKnowsAsync("second", CancellationToken.None)));

        Assert.Contains((await keys.GetConfigurationAsync(CancellationToken.None)).SigningKeys, key => key.KeyId == "second");
        Assert.Equal(2, published.Looks);
    }

    private async Task<HttpStatusCode> StatusOfAsync(Guid userId)
    {
        using var client = system.ClientOf("probe", userId);
        return (await client.GetAsync(new Uri("/api/v1/notes", UriKind.Relative))).StatusCode;
    }

    /// <summary>Plays the published keys of an Identity whose key is rotated, and counts who asks.</summary>
    private sealed class KeyStore : HttpMessageHandler, IHttpClientFactory
    {
        private string _keyId = "first";
        private int _looks;

        public int Looks => _looks;

        public void Publish(string keyId) => _keyId = keyId;

        public HttpClient CreateClient(string name) => new(this, disposeHandler: false);

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref _looks);
            using var tokens = new HttpMessageInvoker(new TestTokens(), disposeHandler: true);
            var answer = await tokens.SendAsync(request, cancellationToken);
            var body = (await answer.Content.ReadAsStringAsync(cancellationToken)).Replace("\"test\"", $"\"{_keyId}\"", StringComparison.Ordinal);
            return new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(body, System.Text.Encoding.UTF8, "application/json") };
        }
    }
}
