using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace EatFast.Drills.Target;

/// <summary>The simulator's hidden side: misfortunes are ordered here, and lies are told in the provider's name.</summary>
internal sealed class Provider(Uri simulator, Uri gateway) : IDisposable
{
    private readonly HttpClient _simulator = new(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = simulator };
    private readonly HttpClient _gateway = new(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = gateway };

    public async Task SufferAsync(string kind, string endpoint, int count, CancellationToken ct)
    {
        using var answer = await _simulator.PostAsJsonAsync("/control/campay/faults", new { phone = "*", kind, endpoint, count }, ct);
        answer.EnsureSuccessStatusCode();
    }

    public async Task RecoverAsync(CancellationToken ct)
    {
        using var answer = await _simulator.DeleteAsync("/control/campay/faults", ct);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>Who decides for a payer whose phone rings: false when it had been decided already.</summary>
    public async Task<bool> DecideAsync(Guid reference, bool approve, CancellationToken ct)
    {
        using var answer = await _simulator.PostAsync($"/control/prompts/{reference}/{(approve ? "approve" : "refuse")}", null, ct);
        return answer.IsSuccessStatusCode;
    }

    /// <summary>The reference and our own reference of every charge that waits for its payer.</summary>
    public async Task<IReadOnlyList<(Guid Reference, string External, long AmountXaf)>> PromptsAsync(CancellationToken ct)
    {
        var prompts = await _simulator.GetFromJsonAsync<JsonArray>("/control/prompts", ct);
        return [.. prompts!.Select(prompt => (
            (Guid)prompt!["reference"]!, (string)prompt["externalReference"]!, (long)prompt["amountXaf"]!))];
    }

    /// <summary>A webhook with a genuine signature that claims a success which the provider's books do not hold: CamPay's signature
    /// says nothing about the content, so whoever saw one can send this.</summary>
    public async Task<int> LieAsync(Guid reference, string external, long amountXaf, DateTimeOffset now, CancellationToken ct)
    {
        var lie = new
        {
            status = "SUCCESSFUL",
            reference,
            amount = $"{amountXaf}.00",
            app_amount = $"{amountXaf}.00",
            currency = "XAF",
            @operator = "MTN",
            code = "D000000C0000YC",
            operator_reference = "1234567890",
            endpoint = "collect",
            signature = Sign(now),
            external_reference = external,
            external_user = "None",
            phone_number = "237670000000"
        };
        using var answer = await _gateway.PostAsJsonAsync("/api/v1/webhooks/campay", lie, ct);
        return (int)answer.StatusCode;
    }

    private static string Sign(DateTimeOffset now)
    {
        var at = now.ToUnixTimeSeconds();
        var claims = Encode(new { iat = at, nbf = at, exp = at + 3600, source = "CamPay" });
        var content = $"{Encode(new { alg = "HS256", typ = "JWT" })}.{claims}";
        var signature = HMACSHA256.HashData(Encoding.UTF8.GetBytes("campay_webhook_test_key"), Encoding.UTF8.GetBytes(content));
        return $"{content}.{System.Buffers.Text.Base64Url.EncodeToString(signature)}";
    }

    private static string Encode(object part) => System.Buffers.Text.Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(part));

    public void Dispose()
    {
        _simulator.Dispose();
        _gateway.Dispose();
    }
}
