using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using EatFast.Drills.Running;

namespace EatFast.Drills.People;

/// <summary>Somebody with a phone of their own: each call is one attempt, so that a drill sees exactly what came back.</summary>
internal sealed class Person : IDisposable
{
    private const string DemoPassword = "EatFast-Demo-2026";
    private static readonly TimeSpan LongestAnswer = TimeSpan.FromSeconds(15);
    private readonly HttpClient _http;
    private readonly SemaphoreSlim _signingIn = new(1);
    private readonly string _email;
    private readonly string _password;
    private JsonNode _account = new JsonObject();
    private string _token = "";

    private Person(Uri gateway, string email, string password)
    {
        (_email, _password) = (email, password);
        _http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = gateway, Timeout = LongestAnswer };
    }

    public Guid Id => Guid.Parse((string)_account["user"]!["id"]!);

    public string RefreshToken => (string)_account["refreshToken"]!;

    /// <summary>What must not be found in any log.</summary>
    public IReadOnlyList<string> Secrets { get; private set; } = [];

    public static async Task<Person> RegisterAsync(Uri gateway, string role, CancellationToken ct)
    {
        var mark = RandomNumberGenerator.GetInt32(1_000_000, 10_000_000);
        var (email, password) = ($"kanari{mark}@drill.example.cm", $"Poisson-{mark}-braise");
        var person = new Person(gateway, email, password)
        {
            Secrets = [email, password, $"67{mark}", StreetOf(mark)]
        };
        await person.BecomeAsync("/api/v1/auth/register", new
        {
            firstName = "Kanari",
            lastName = "Drill",
            email,
            password,
            phone = $"+23767{mark}",
            role,
            city = "douala",
            language = "fr"
        }, ct);
        person.Street = StreetOf(mark);
        return person;
    }

    public static async Task<Person> SignInAsync(Uri gateway, string email, CancellationToken ct)
    {
        var person = new Person(gateway, email, DemoPassword);
        await person.SignInAsync(ct);
        return person;
    }

    public string Street { get; private set; } = "Rue Joss 12";

    public Task<Reply> GetAsync(string path, CancellationToken ct) => SendAsync(HttpMethod.Get, path, null, null, ct);

    public Task<Reply> PostAsync(string path, object? body, string? key, CancellationToken ct) =>
        SendAsync(HttpMethod.Post, path, body, key, ct);

    public Task<Reply> PutAsync(string path, object body, CancellationToken ct) => SendAsync(HttpMethod.Put, path, body, null, ct);

    /// <summary>One attempt; only a token that has run out is replaced, as in long drills.</summary>
    public async Task<Reply> SendAsync(HttpMethod method, string path, object? body, string? key, CancellationToken ct)
    {
        var token = _token;
        var reply = await SendOnceAsync(method, path, body, key, token, ct);
        if (reply.Status != 401 || token.Length == 0)
            return reply;
        await _signingIn.WaitAsync(ct);
        try
        {
            if (_token == token)
                await SignInAsync(ct);
        }
        finally
        {
            _signingIn.Release();
        }
        return await SendOnceAsync(method, path, body, key, _token, ct);
    }

    private async Task<Reply> SendOnceAsync(HttpMethod method, string path, object? body, string? key, string token, CancellationToken ct)
    {
        var took = Stopwatch.StartNew();
        try
        {
            using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
            if (token.Length > 0)
                request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
            if (key is not null)
                request.Headers.Add("Idempotency-Key", key);
            using var answer = await _http.SendAsync(request, ct);
            var bytes = await answer.Content.ReadAsByteArrayAsync(ct);
            return new(
                (int)answer.StatusCode, Encoding.UTF8.GetString(bytes), Convert.ToHexString(SHA256.HashData(bytes)), took.Elapsed,
                answer.Headers.RetryAfter is not null);
        }
        catch (Exception outage) when (outage is HttpRequestException or IOException
            || (outage is OperationCanceledException && !ct.IsCancellationRequested))
        {
            return new(0, "", null, took.Elapsed, false);
        }
    }

    /// <summary>The same call with the same key until it is answered by more than an outage.</summary>
    public async Task<Reply> InsistAsync(HttpMethod method, string path, object? body, CancellationToken ct)
    {
        var key = method == HttpMethod.Get ? null : Guid.NewGuid().ToString();
        Reply reply = null!;
        await Wait.UntilAsync(
            async () => !(reply = await SendAsync(method, path, body, key, ct)).IsOutage, $"{method} {path} is answered",
                TimeSpan.FromSeconds(60), ct);
        return reply;
    }

    private async Task BecomeAsync(string path, object body, CancellationToken ct)
    {
        var reply = await InsistAsync(HttpMethod.Post, path, body, ct);
        if (!reply.IsSuccess)
            throw new DrillFailedException($"{path} was answered with {reply.Status} {reply.Code}");
        _account = reply.Data!;
        _token = (string)_account["accessToken"]!;
    }

    private Task SignInAsync(CancellationToken ct)
    {
        _token = "";
        return BecomeAsync("/api/v1/auth/login", new { email = _email, password = _password }, ct);
    }

    private static string StreetOf(int mark) => $"Rue du Canari {mark}";

    public void Dispose()
    {
        _http.Dispose();
        _signingIn.Dispose();
    }
}
