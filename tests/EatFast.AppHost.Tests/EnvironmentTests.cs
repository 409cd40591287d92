using System.Net.Http.Json;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;

namespace EatFast.AppHost.Tests;

/// <summary>What a service is given: the same names and forms that Aspire injects, read back from a running process.</summary>
public sealed class EnvironmentTests : IAsyncLifetime
{
    private readonly TemporaryState state = new();
    private TestEngine? engine;
    private Dictionary<string, string> environment = [];
    private int redisPort, postgresPort;
    private string redisPassword = "", postgresPassword = "", otherUrl = "", otherGrpcUrl = "";

    public async ValueTask InitializeAsync()
    {
        var builder = state.CreateBuilder("--OTEL_EXPORTER_OTLP_ENDPOINT", "http://collector:4317");
        var redis = builder.AddRedis("redis");
        var postgres = builder.AddPostgres("postgres");
        var other = builder.AddProject<ProbeProject>("other", null).WithHttpEndpoint().WithHttpHealthCheck("/health")
            .WithHttpEndpoint(name: "grpc").WithEndpoint("grpc", endpoint => endpoint.Transport = "http2")
            .WithEndpoint(name: "smtp", scheme: "tcp", env: "SMTP_PORT");
        var probe = builder.AddProject<ProbeProject>("probe", null).WithHttpEndpoint().WithHttpHealthCheck("/health")
            .WithReference(redis).WithReference(other).WithReference(postgres.AddDatabase("eatfast"), "eatfast-owner")
            .WithEnvironment("Given__Address", other.GetEndpoint("smtp").Property(EndpointProperty.HostAndPort));

        engine = await TestEngine.StartAsync(builder);
        using var http = new HttpClient();
        environment = await http.GetFromJsonAsync<Dictionary<string, string>>(
            $"{probe.GetEndpoint("http").Url}/env", TestContext.Current.CancellationToken)
            ?? [];
        (redisPort, postgresPort) = (redis.Resource.PrimaryEndpoint.Port, postgres.Resource.PrimaryEndpoint.Port);
        redisPassword = await redis.Resource.PasswordParameter.GetValueAsync(TestContext.Current.CancellationToken) ?? "";
        postgresPassword = await postgres.Resource.PasswordParameter.GetValueAsync(TestContext.Current.CancellationToken) ?? "";
        (otherUrl, otherGrpcUrl) = (other.GetEndpoint("http").Url, other.GetEndpoint("grpc").Url);
        Assert.Equal($"localhost:{other.GetEndpoint("smtp").Port}", environment["Given__Address"]);
    }

    public async ValueTask DisposeAsync()
    {
        if (engine is not null)
            await engine.DisposeAsync();
        state.Dispose();
    }

    [Fact]
    public void Everything_is_named_as_Aspire_names_it()
    {
        var owner = $"Username=postgres;Password={postgresPassword}";
        AssertHas("services__other__http__0", otherUrl);
        AssertHas("services__other__grpc__0", otherGrpcUrl);
        AssertHas("OTHER_HTTP", otherUrl);
        AssertHas("OTHER_GRPC", otherGrpcUrl);
        AssertHas("ConnectionStrings__redis", $"localhost:{redisPort},password={redisPassword}");
        AssertHas("REDIS_HOST", "localhost");
        AssertHas("REDIS_PORT", $"{redisPort}");
        AssertHas("REDIS_PASSWORD", redisPassword);
        AssertHas("REDIS_URI", $"redis://:{redisPassword}@localhost:{redisPort}");
        AssertHas("ConnectionStrings__eatfast-owner", $"Host=localhost;Port={postgresPort};{owner};Database=eatfast");
        AssertHas("EATFAST_OWNER_URI", $"postgresql://postgres:{postgresPassword}@localhost:{postgresPort}/eatfast");
        AssertHas("EATFAST_OWNER_JDBCCONNECTIONSTRING", $"jdbc:postgresql://localhost:{postgresPort}/eatfast");
        AssertHas("EATFAST_OWNER_DATABASENAME", "eatfast");
        AssertHas("OTEL_SERVICE_NAME", "probe");
        AssertHas("OTEL_EXPORTER_OTLP_ENDPOINT", "http://collector:4317");
        AssertHas("OTEL_EXPORTER_OTLP_PROTOCOL", "grpc");
        AssertHas("ASPNETCORE_ENVIRONMENT", "Development");
        Assert.StartsWith("service.instance.id=", environment["OTEL_RESOURCE_ATTRIBUTES"], StringComparison.Ordinal);
        Assert.Matches(@"^http://localhost:\d+$", environment["ASPNETCORE_URLS"]);
    }

    private void AssertHas(string name, string value) => Assert.Equal(value, environment.GetValueOrDefault(name, $"({name} is missing)"));
}
