using Microsoft.Extensions.Configuration;

var builder = DistributedApplication.CreateBuilder(args);

var postgres = builder.AddPostgres("postgres").WithDataVolume("eatfast-postgres");
var database = postgres.AddDatabase("eatfast");
var redis = builder.AddRedis("redis").WithDataVolume("eatfast-redis");
var rabbit = builder.AddRabbitMQ("rabbitmq").WithDataVolume("eatfast-rabbitmq").WithManagementPlugin();

var signingKey = AddKey("jwt-signing-key");
var auditKey = AddKey("audit-signing-key");
var encryptionKey = AddKey("encryption-key");
var indexKey = AddKey("index-key");
var internalKey = AddKey("internal-key");

var identity = AddService<Projects.EatFast_Identity>("identity").WithEnvironment("Security__SigningKey", signingKey)
    .WithEnvironment("Security__AuditSigningKey", auditKey);
var catalog = AddService<Projects.EatFast_Catalog>("catalog");
var ordering = AddService<Projects.EatFast_Ordering>("ordering");
var payments = AddService<Projects.EatFast_Payments>("payments");
var delivery = AddService<Projects.EatFast_Delivery>("delivery");
var notifications = AddService<Projects.EatFast_Notifications>("notifications");

// Who asks whom, by gRPC or HTTP; everyone fetches Identity's public keys. A reference is an address, not a wait, so circles are fine.
identity.WithReference(catalog).WithReference(ordering).WithReference(payments).WithReference(delivery).WithReference(notifications);
catalog.WithReference(identity).WithReference(ordering);
ordering.WithReference(identity).WithReference(catalog).WithReference(delivery).WithReference(payments).WithReference(notifications);
payments.WithReference(identity).WithReference(ordering);
delivery.WithReference(identity).WithReference(catalog).WithReference(ordering).WithReference(payments);
notifications.WithReference(identity).WithReference(ordering);

var gateway = builder.AddProject<Projects.EatFast_Gateway>("gateway", launchProfileName: null)
    .WithHttpEndpoint(port: builder.Configuration.GetValue("Gateway:Port", 8080))
    .WithReference(redis).WaitFor(redis)
    .WithEnvironment("Security__InternalKey", internalKey)
    .WithHttpHealthCheck("/health", endpointName: "http")
    .WithExternalHttpEndpoints();

// Not a wait either: until a service is up, the gateway answers for it with 503 and Retry-After.
foreach (var service in new[] { identity, catalog, ordering, payments, delivery, notifications })
    gateway.WithReference(service);

if (builder.ExecutionContext.IsRunMode)
{
    // Every external provider at its true paths: the whole product works offline.
    var simulator = builder.AddProject<Projects.EatFast_ProviderSimulator>("simulator", launchProfileName: null)
        .WithHttpEndpoint(port: builder.Configuration.GetValue("Simulator:Port", 8090))
        .WithEndpoint(name: "smtp", scheme: "tcp", env: "SMTP_PORT")
        .WithEnvironment("PublicBaseUrl", gateway.GetEndpoint("http"))
        .WithHttpHealthCheck("/health", endpointName: "http");

    foreach (var caller in new[] { identity, ordering, payments, delivery, notifications, gateway })
        caller.WithEnvironment("Providers__BaseUrl", simulator.GetEndpoint("http"));

    payments.WithEnvironment("PublicBaseUrl", gateway.GetEndpoint("http"));
    notifications.WithEnvironment("PublicBaseUrl", gateway.GetEndpoint("http"))
        .WithEnvironment("Providers__Smtp__Host", simulator.GetEndpoint("smtp").Property(EndpointProperty.Host))
        .WithEnvironment("Providers__Smtp__Port", simulator.GetEndpoint("smtp").Property(EndpointProperty.Port));
}
else
{
    builder.AddKubernetesEnvironment("k8s");
}

builder.Build().Run();

IResourceBuilder<ParameterResource> AddKey(string name) =>
    builder.AddParameter(name, new GenerateParameterDefault { MinLength = 43, Special = false }, secret: true, persist: true);

// Every service owns one schema and signs in with its own login; only its migration step holds the owner's connection.
IResourceBuilder<ProjectResource> AddService<TProject>(string name) where TProject : IProjectMetadata, new()
{
    var password = builder.AddParameter(
        $"{name}-db-password", new GenerateParameterDefault { MinLength = 22, Special = false }, secret: true, persist: true);
    var server = postgres.Resource.PrimaryEndpoint;
    var (host, port) = (server.Property(EndpointProperty.Host), server.Property(EndpointProperty.Port));
    var login = ReferenceExpression.Create($"Host={host};Port={port};Database=eatfast;Username={name};Password={password}");

    var migrations = WithLoginAndKeys(builder.AddProject<TProject>($"{name}-migrations", launchProfileName: null))
        .WithArgs("--migrate").WithReference(database, "eatfast-owner").WaitFor(database);
    var service = WithLoginAndKeys(builder.AddProject<TProject>(name, launchProfileName: null))
        .WithHttpEndpoint()
        .WithHttpEndpoint(name: "grpc").WithEndpoint("grpc", endpoint => endpoint.Transport = "http2")
        .WithReference(redis).WaitFor(redis).WithReference(rabbit).WaitFor(rabbit).WaitForCompletion(migrations)
        .WithHttpHealthCheck("/health", endpointName: "http");

    // Plain-text HTTP/1.1 and HTTP/2 cannot share a port: the service gives this one to gRPC.
    return service.WithEnvironment("GRPC_PORT", service.GetEndpoint("grpc").Property(EndpointProperty.TargetPort));

    IResourceBuilder<ProjectResource> WithLoginAndKeys(IResourceBuilder<ProjectResource> project) => project
        .WithEnvironment("ConnectionStrings__eatfast", login).WithEnvironment("Security__EncryptionKey", encryptionKey)
        .WithEnvironment("Security__IndexKey", indexKey).WithEnvironment("Security__InternalKey", internalKey);
}
