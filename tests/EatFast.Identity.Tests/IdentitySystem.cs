using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using EatFast.Identity.Contracts;
using EatFast.Identity.Data;
using EatFast.Identity.Tests;
using EatFast.Security;
using EatFast.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

[assembly: AssemblyFixture(typeof(IdentitySystem))]
// The clock and the metrics are shared, and one test moves or counts them at a time.
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]

namespace EatFast.Identity.Tests;

/// <summary>Identity alone, on its real stores, with cheap password hashes.</summary>
public sealed class IdentitySystem : TestSystem
{
    public const string Password = "Secret-Pass-1";
    private static int _people;

    public HostedService<IdentityDbContext> Identity { get; private set; } = null!;

    protected override IReadOnlyDictionary<string, string?> Settings { get; } = new Dictionary<string, string?>
    {
        ["Security:BcryptWorkFactor"] = "4",
        // Nobody listens to the events here, and the broker's returns would fill the output.
        ["Logging:LogLevel:MassTransit"] = "None",
        ["Logging:LogLevel:EatFast.Messaging"] = "Error",
        ["Security:RevocationPoll"] = "00:00:00.2",
        ["Identity:Sms:PerRangeAndDayXaf"] = "1000",
        ["Identity:Public:SupportAddress"] = "support@example.cm",
        ["Security:RetiredSigningKeys:0"] = "the-signing-key-of-last-month-0123456789"
    };

    public SimulatedGoogle Google { get; private set; } = null!;

    protected override async Task HostAsync()
    {
        Google = new SimulatedGoogle(Clock);
        AddNeighbour("simulator", Google.Server.CreateHandler());
        Identity = await AddServiceAsync<IdentityDbContext>("identity");
    }

    /// <summary>The body of a registration that nobody made before; merge what a test is about over it.</summary>
    public static Dictionary<string, object?> ANewPerson(string role = "customer")
    {
        var number = Interlocked.Increment(ref _people);
        return new()
        {
            ["firstName"] = "Aïcha",
            ["lastName"] = "Ngo Bell",
            ["email"] = $"aicha{number}@example.cm",
            ["password"] = Password,
            ["phone"] = $"+2376770{number:D5}",
            ["role"] = role,
            ["city"] = "douala",
            ["language"] = "fr"
        };
    }

    public Task<HttpResponseMessage> PostAsync(string path, object body, string? token = null) =>
        SendAsync(HttpMethod.Post, path, body, token);

    public async Task<HttpResponseMessage> SendAsync(
        HttpMethod method, string path, object? body = null, string? token = null, string? from = null)
    {
        using var client = ClientOf("identity");
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        if (token is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        if (from is not null)
            request.Headers.Add("X-Forwarded-For", from);
        return await client.SendAsync(request);
    }

    public Task<JsonElement> GetAsync(string path, string token) => ReadAsync(HttpMethod.Get, path, null, token);

    public async Task<JsonElement> ReadAsync(HttpMethod method, string path, object? body, string token) =>
        await (await SendAsync(method, path, body, token)).DataAsync();

    /// <summary>An administrator, made the way no route can: in the database.</summary>
    public async Task<SignedIn> AnAdminAsync()
    {
        var registered = await RegisterAsync();
        await Identity.WithDbAsync(db => db.Users.Where(user => user.Id == registered.UserId)
            .ExecuteUpdateAsync(user => user.SetProperty(row => row.Role, "admin")));
        return await SignInAsync(registered.Email);
    }

    /// <summary>Does at once what the clock would trigger.</summary>
    public async Task RunAsync<TWork>() where TWork : class, IPeriodicWork
    {
        await using var scope = Identity.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<TWork>().RunAsync(CancellationToken.None);
    }

    /// <summary>The newest code that was sent to somebody, as the sender reads it.</summary>
    public async Task<(string Code, string? Token)> CodeForAsync(Guid userId, string purpose)
    {
        var issued = (await Identity.AnnouncedAsync<CodeIssued>()).Last(code => code.UserId == userId && code.Purpose == purpose);
        var cipher = new FieldCipher(CodeSeal.Purpose, TestVault.Secret, []);
        var token = issued.SealedToken is { } value ? cipher.Open(value, CodeSeal.Place("token", issued.CodeId)) : null;
        return (cipher.Open(issued.SealedCode, CodeSeal.Place("code", issued.CodeId)), token);
    }

    /// <summary>What the audit log was told of somebody.</summary>
    public async Task<List<string>> ActionsOnAsync(Guid userId) =>
        (await Identity.AnnouncedAsync<ActionRecorded>()).FindAll(told => told.SubjectId == userId).ConvertAll(told => told.Action);

    /// <summary>As if a code had come back from there.</summary>
    public Task ProveAsync(Guid userId) => Identity.WithDbAsync(db => db.Users.Where(user => user.Id == userId)
        .ExecuteUpdateAsync(user => user.SetProperty(row => row.EmailVerified, true).SetProperty(row => row.PhoneVerified, true)));

    /// <summary>Registers somebody new and answers what they were given.</summary>
    public async Task<SignedIn> RegisterAsync(Dictionary<string, object?>? person = null) =>
        await SignedIn.OfAsync(await PostAsync("/api/v1/auth/register", person ?? ANewPerson()));

    public async Task<SignedIn> SignInAsync(string email, string password = Password) =>
        await SignedIn.OfAsync(await PostAsync("/api/v1/auth/login", new { email, password }));

    public Task<HttpResponseMessage> RefreshAsync(string refreshToken) => PostAsync("/api/v1/auth/refresh", new { refreshToken });
}

/// <summary>An auth answer as a client sees it.</summary>
public sealed record SignedIn(Guid UserId, string Email, string AccessToken, string RefreshToken, JsonElement User)
{
    public static async Task<SignedIn> OfAsync(HttpResponseMessage response)
    {
        var data = await response.DataAsync();
        var user = data.GetProperty("user");
        return new(
            user.GetProperty("id").GetGuid(), user.GetProperty("email").GetString()!,
            data.GetProperty("accessToken").GetString()!, data.GetProperty("refreshToken").GetString()!, user);
    }
}

internal static class Answers
{
    public static async Task<JsonElement> DataAsync(this HttpResponseMessage response)
    {
        var body = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, $"{(int)response.StatusCode}: {body}");
        using var json = JsonDocument.Parse(body);
        Assert.True(json.RootElement.GetProperty("success").GetBoolean());
        return json.RootElement.GetProperty("data").Clone();
    }

    public static async Task<JsonElement> RefusedAsync(this HttpResponseMessage response, int status, string code)
    {
        var body = await response.Content.ReadAsStringAsync();
        Assert.True(status == (int)response.StatusCode, $"{(int)response.StatusCode}: {body}");
        using var json = JsonDocument.Parse(body);
        Assert.Equal(code, json.RootElement.GetProperty("error_code").GetString());
        return json.RootElement.Clone();
    }
}
