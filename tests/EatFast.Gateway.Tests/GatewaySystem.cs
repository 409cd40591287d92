using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using EatFast.Security;
using EatFast.Testing;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http;

namespace EatFast.Gateway.Tests;

/// <summary>The real gateway on a real port, with six processes of the test's own behind it.</summary>
public class GatewaySystem : WebApplicationFactory<ServiceAddresses>, IAsyncLifetime
{
    private static readonly string[] Names = ["identity", "catalog", "ordering", "payments", "delivery", "notifications"];
    private readonly TestTokens _tokens = new();

    public GatewaySystem() => UseKestrel(0);

    public const string InternalKey = "the-credential-of-tests-0123456789-0123456789";

    protected virtual string EnvironmentName => "Development";

    /// <summary>Where nobody listens.</summary>
    protected const string NoRedis = "127.0.0.1:1,abortConnect=false";

    protected string? Redis { get; set; }

    /// <summary>Most tests send more than a person would.</summary>
    protected virtual IReadOnlyDictionary<string, string> Settings { get; } =
        new Dictionary<string, string> { ["RateLimits:Enabled"] = "false" };

    public string StateFolder { get; } = Directory.CreateTempSubdirectory("eatfast-gateway-").FullName;

    public Dictionary<string, Backend> Backends { get; } = Names.ToDictionary(name => name, name => new Backend(name));

    public async ValueTask InitializeAsync()
    {
        Redis ??= (await EatFast.Testing.Stores.GetAsync()).Redis;
        foreach (var backend in Backends.Values)
            await backend.StartAsync();
        StartServer();
    }

    /// <summary>A client that follows nothing and is signed in when a role is given.</summary>
    public HttpClient Client(string? role = null)
    {
        var client = CreateClient(new() { AllowAutoRedirect = false, BaseAddress = ClientOptions.BaseAddress });
        if (role is not null)
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", TokenFor(role));
        return client;
    }

    public string TokenFor(string role = Roles.Customer) => TokenFor(Guid.NewGuid(), role);

    public string TokenFor(Guid userId, string role) => _tokens.For(userId, role, TimeProvider.System.GetUtcNow());

    public EatFast.Testing.ForgedTokens Forged() => _tokens.ForgedFor(Guid.NewGuid(), TimeProvider.System.GetUtcNow());

    public static async Task<JsonNode> ReadAsync(HttpResponseMessage response) =>
        JsonNode.Parse(await response.Content.ReadAsStringAsync())!;

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseEnvironment(EnvironmentName);
        builder.UseSetting("EATFAST_STATE", StateFolder);
        builder.UseSetting("Security:InternalKey", InternalKey);
        builder.UseSetting("ConnectionStrings:redis", Redis);
        foreach (var (key, value) in Settings)
            builder.UseSetting(key, value);
        foreach (var (name, backend) in Backends)
            builder.UseSetting($"services:{name}:http:0", backend.Address.ToString());
        builder.ConfigureTestServices(services => services.Configure<HttpClientFactoryOptions>("jwks", options =>
            options.HttpMessageHandlerBuilderActions.Add(client => client.PrimaryHandler = _tokens)));
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        foreach (var backend in Backends.Values)
            await backend.DisposeAsync();
        Directory.Delete(StateFolder, recursive: true);
        GC.SuppressFinalize(this);
    }
}
