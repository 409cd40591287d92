using EatFast.LocalEngine.Running;

namespace EatFast.LocalEngine;

public sealed record PostgresConnection(string Host, int Port, string User, string Password);

/// <summary>Private, empty stores for tests, by the same engine that runs the product; they end with the process that asked for
/// them, however it ends.</summary>
public sealed class Infrastructure : IAsyncDisposable
{
    private readonly Engine engine;

    private Infrastructure(Engine engine, PostgresConnection postgres, string redis, Uri rabbitMQ, Uri rabbitMQManagement)
    {
        this.engine = engine;
        Postgres = postgres;
        Redis = redis;
        RabbitMQ = rabbitMQ;
        RabbitMQManagement = rabbitMQManagement;
    }

    /// <summary>The superuser's: tests create databases and logins of their own.</summary>
    public PostgresConnection Postgres { get; }
    public string Redis { get; }
    public Uri RabbitMQ { get; }
    public Uri RabbitMQManagement { get; }

    internal string EndpointsJson => engine.EndpointsJson;

    public static async Task<Infrastructure> StartAsync(string stateDirectory, CancellationToken ct)
    {
        var builder = new DistributedApplicationBuilder([], Path.GetFullPath(stateDirectory));
        var rabbit = builder.AddRabbitMQ("rabbitmq").WithManagementPlugin().Resource;
        var postgres = builder.AddPostgres("postgres");
        postgres.AddDatabase("eatfast");
        var redis = builder.AddRedis("redis").Resource;

        var engine = await Engine.StartAsync(builder, new EngineSettings(ConsoleView.Silent), ct);
        var server = postgres.Resource;
        var owner = new PostgresConnection(
            "127.0.0.1", server.PrimaryEndpoint.Port, PostgresServerResource.Owner, await server.PasswordParameter.GetValueAsync(ct) ?? "");
        return new Infrastructure(
            engine, owner, await redis.ConnectionStringExpression.GetValueAsync(ct) ?? "",
            new Uri(await rabbit.ConnectionStringExpression.GetValueAsync(ct) ?? ""), new Uri(rabbit.ManagementEndpoint.Url));
    }

    /// <summary>Stops the stores; data that had to live outside the state directory goes with them, as nobody else would remove
    /// it.</summary>
    public async ValueTask DisposeAsync()
    {
        await engine.DisposeAsync();
        engine.State.WipeStoresElsewhere();
    }
}
