using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using EatFast.LocalEngine;
using Npgsql;

namespace EatFast.Testing;

/// <summary>The real Postgres, Redis and RabbitMQ of a test run: those the script started, or private ones started here.</summary>
public sealed class Stores
{
    private static readonly Lazy<Task<Stores>> Shared = new(StartAsync);
    private readonly StoreConnections _connections;

    private Stores(StoreConnections connections) => _connections = connections;

    public static Task<Stores> GetAsync() => Shared.Value;

    public string Redis => _connections.Redis;

    /// <summary>An empty database of its own; the string signs in as the owner of everything.</summary>
    public async Task<string> CreateDatabaseAsync()
    {
        var name = $"test_{Guid.NewGuid():N}";
        await using var connection = new NpgsqlConnection(Owner().ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand($"CREATE DATABASE {name}", connection);
        await command.ExecuteNonQueryAsync();
        var owner = Owner();
        owner.Database = name;
        return owner.ConnectionString;
    }

    /// <summary>Logins belong to the whole server, so test runs that make the same ones have to take turns.</summary>
    public async Task InTurnAsync(Func<Task> work)
    {
        await using var connection = new NpgsqlConnection(Owner().ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand("SELECT pg_advisory_lock(4711)", connection) { CommandTimeout = 120 };
        await command.ExecuteNonQueryAsync();
        await work();
    }

    // Without pooling, closing the connection gives the lock back.
    private NpgsqlConnectionStringBuilder Owner() => new()
    {
        Host = _connections.Postgres.Host,
        Port = _connections.Postgres.Port,
        Username = _connections.Postgres.User,
        Password = _connections.Postgres.Password,
        Database = _connections.Postgres.Database,
        Pooling = false
    };

    /// <summary>An empty broker of its own (a virtual host).</summary>
    public async Task<string> CreateVirtualHostAsync()
    {
        var name = $"test-{Guid.NewGuid():N}";
        using var http = Management();
        (await http.PutAsync($"/api/vhosts/{name}", null)).EnsureSuccessStatusCode();
        return $"{_connections.RabbitMq.TrimEnd('/')}/{name}";
    }

    /// <summary>What the broker itself says about a queue.</summary>
    public async Task<JsonNode> DescribeQueueAsync(string broker, string queue)
    {
        using var http = Management();
        var answer = await http.GetStringAsync($"/api/queues{new Uri(broker).AbsolutePath}/{queue}");
        return JsonNode.Parse(answer)!;
    }

    private HttpClient Management()
    {
        var credentials = Convert.ToBase64String(Encoding.UTF8.GetBytes(Uri.UnescapeDataString(new Uri(_connections.RabbitMq).UserInfo)));
        return new HttpClient
        {
            BaseAddress = new Uri(_connections.RabbitMqManagement),
            DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Basic", credentials) }
        };
    }

    private static async Task<Stores> StartAsync()
    {
        if (Environment.GetEnvironmentVariable("EATFAST_TEST_INFRASTRUCTURE") is { Length: > 0 } file)
            return new Stores(JsonSerializer.Deserialize<StoreConnections>(await File.ReadAllTextAsync(file), JsonSerializerOptions.Web)!);

        var folder = Directory.CreateTempSubdirectory("eatfast-tests-").FullName;
        var stores = await Infrastructure.StartAsync(folder, CancellationToken.None);
        AppDomain.CurrentDomain.ProcessExit += (_, _) =>
        {
            stores.DisposeAsync().AsTask().Wait();
            Directory.Delete(folder, recursive: true);
        };
        var postgres = new StoreOwner(stores.Postgres.Host, stores.Postgres.Port, stores.Postgres.User, stores.Postgres.Password, "postgres");
        return new Stores(new(postgres, stores.Redis, stores.RabbitMQ.OriginalString, stores.RabbitMQManagement.OriginalString));
    }
}

/// <summary>The connections file that the AppHost writes for its stores.</summary>
public sealed record StoreConnections(StoreOwner Postgres, string Redis, string RabbitMq, string RabbitMqManagement);

/// <summary>The login that may do everything in a private Postgres.</summary>
public sealed record StoreOwner(string Host, int Port, string User, string Password, string Database);
