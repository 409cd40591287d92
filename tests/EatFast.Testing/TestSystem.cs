using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using EatFast.Security;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Xunit;

namespace EatFast.Testing;

/// <summary>
/// The services a test assembly needs, real and in one process, over one database and one broker of their own.
/// Derive per assembly, host the services in <see cref="HostAsync"/>, and register it as an assembly fixture.
/// </summary>
public abstract class TestSystem : IAsyncLifetime
{
    private const string Secret = "a-secret-for-tests-only-0123456789-0123456789";
    private readonly List<IAsyncDisposable> _hosted = [];
    private string _broker = null!;

    public AdjustableClock Clock { get; } = new();

    public TestTokens Tokens { get; } = new();

    internal HostRouter Router { get; } = new();

    internal Stores Stores { get; private set; } = null!;

    /// <summary>Where this system's own virtual host is.</summary>
    protected string Broker => _broker;

    /// <summary>A login that may look everywhere; for tests only.</summary>
    public string OwnerConnection { get; private set; } = null!;

    /// <summary>Settings for every hosted service, beyond connections and secrets.</summary>
    protected virtual IReadOnlyDictionary<string, string?> Settings { get; } = new Dictionary<string, string?>();

    protected abstract Task HostAsync();

    public async ValueTask InitializeAsync()
    {
        Stores = await EatFast.Testing.Stores.GetAsync();
        OwnerConnection = await Stores.CreateDatabaseAsync();
        _broker = await Stores.CreateVirtualHostAsync();
        Router.Add("identity", Tokens);
        await HostAsync();
    }

    /// <summary>Starts a service; its schema is its name, and neighbours reach it under that name.</summary>
    protected async Task<HostedService<TDb>> AddServiceAsync<TDb>(string name, Func<TDb, CancellationToken, Task>? seed = null) where TDb : DbContext
    {
        var service = new HostedService<TDb>(this, name, SettingsOf(name));
        _hosted.Add(service);
        await service.StartAsync(seed);
        return service;
    }

    /// <summary>What the broker itself says about a queue of a hosted service.</summary>
    public Task<JsonNode> DescribeQueueAsync(string queue) => Stores.DescribeQueueAsync(_broker, queue);

    /// <summary>Reaches something that is not a service of ours, such as the provider simulator, under a host name.</summary>
    protected void AddNeighbour(string host, HttpMessageHandler handler) => Router.Add(host, handler);

    /// <summary>The way to whatever is hosted here, for what is hosted in another way than services are.</summary>
    protected HttpMessageHandler Ways => Router;

    /// <summary>Ends with this system.</summary>
    protected THosted Keep<THosted>(THosted hosted) where THosted : IAsyncDisposable
    {
        _hosted.Add(hosted);
        return hosted;
    }

    /// <summary>Nobody reaches this service until the answer is disposed of.</summary>
    public IDisposable Away(string service) => Router.Away(service);

    /// <summary>A client of a hosted service, signed in when a role is given.</summary>
    public HttpClient ClientOf(string service, Guid? userId = null, string role = Roles.Customer)
    {
        var client = new HttpClient(Router, disposeHandler: false) { BaseAddress = new Uri($"http://{service}") };
        if (userId is { } id)
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Tokens.For(id, role, Clock.GetUtcNow()));
        return client;
    }

    protected IReadOnlyDictionary<string, string?> SettingsOf(string name)
    {
        var login = new NpgsqlConnectionStringBuilder(OwnerConnection) { Username = name, Password = $"{name}-password", MaxPoolSize = 30 };
        var settings = new Dictionary<string, string?>
        {
            ["ConnectionStrings:eatfast"] = login.ConnectionString,
            ["ConnectionStrings:redis"] = Stores.Redis,
            ["ConnectionStrings:rabbitmq"] = _broker,
            ["Security:SigningKey"] = Secret,
            ["Security:EncryptionKey"] = Secret,
            ["Security:IndexKey"] = Secret,
            ["Security:InternalKey"] = Secret,
            ["Providers:BaseUrl"] = "http://simulator",
            ["PublicBaseUrl"] = "http://gateway"
        };
        foreach (var service in new[] { "identity", "catalog", "ordering", "payments", "delivery", "notifications" })
        {
            settings[$"services:{service}:http:0"] = $"http://{service}";
            settings[$"services:{service}:grpc:0"] = $"http://{service}";
        }
        foreach (var (key, value) in Settings)
            settings[key] = value;
        return settings;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var service in _hosted)
            await service.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}
