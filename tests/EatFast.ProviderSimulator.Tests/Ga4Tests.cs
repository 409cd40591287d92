using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace EatFast.ProviderSimulator.Tests;

public sealed class Ga4Tests : IAsyncDisposable
{
    private readonly Simulator simulator = new();

    public ValueTask DisposeAsync() => simulator.DisposeAsync();

    [Theory]
    [InlineData("""{"events":[{"name":"seen"}]}""", "VALUE_REQUIRED")]
    [InlineData("""{"client_id":"1.2","events":[]}""", "VALUE_REQUIRED")]
    [InlineData("""{"client_id":"1.2","events":[{"name":"bad name"}]}""", "NAME_INVALID")]
    [InlineData("""{"client_id":"1.2","events":[{"name":"session_start"}]}""", "NAME_RESERVED")]
    [InlineData("""{"client_id":"1.2","events":[{"name":"seen","params":{"ga_x":1}}]}""", "NAME_INVALID")]
    [InlineData("""{"client_id":"1.2","events":[{"name":"seen","params":{"value":1}}]}""", "VALUE_REQUIRED")]
    [InlineData("""{"client_id":"1.2","events":[{"name":"purchase","params":{"transaction_id":"1"}}]}""", "VALUE_REQUIRED")]
    [InlineData("nonsense", "VALUE_INVALID")]
    public async Task It_says_what_is_wrong_only_when_asked_and_takes_everything(string body, string code)
    {
        using var client = simulator.Open();

        var debug = await (await PostAsync(client, "/debug/mp/collect", body)).Content.ReadFromJsonAsync<JsonElement>(Simulator.Ct);
        var collected = await PostAsync(client, "/mp/collect?measurement_id=G-1&api_secret=x", body);

        Assert.Contains(debug.GetProperty("validationMessages").EnumerateArray(), message => message.Text("validationCode") == code);
        Assert.Equal(HttpStatusCode.NoContent, collected.StatusCode);
        var inbox = await client.GetFromJsonAsync<JsonElement>("/control/ga4", Simulator.Ct);
        Assert.Equal(0, inbox.GetProperty("events").GetArrayLength());
    }

    private static Task<HttpResponseMessage> PostAsync(HttpClient client, string path, string body) =>
        client.PostAsync(new Uri(path, UriKind.Relative), new StringContent(body), Simulator.Ct);
}
