using System.Net.Sockets;

namespace Aspire.Hosting;

public static class PostgresBuilderExtensions
{
    public static IResourceBuilder<PostgresServerResource> AddPostgres(this IDistributedApplicationBuilder builder, string name)
    {
        var resource = new PostgresServerResource(name, builder.AddPassword(name));
        return builder.AddResource(resource)
            .WithAnnotation(new ContainerImageAnnotation("docker.io/library/postgres:18.3"))
            .WithAnnotation(new EndpointAnnotation(ProtocolType.Tcp, "tcp", targetPort: 5432))
            .WithEnvironment("POSTGRES_HOST_AUTH_METHOD", "scram-sha-256")
            .WithEnvironment("POSTGRES_INITDB_ARGS", "--auth-host=scram-sha-256 --auth-local=scram-sha-256")
            .WithEnvironment("POSTGRES_USER", PostgresServerResource.Owner)
            .WithEnvironment("POSTGRES_PASSWORD", ReferenceExpression.Create($"{resource.PasswordParameter}"));
    }

    public static IResourceBuilder<PostgresServerResource> WithDataVolume(
        this IResourceBuilder<PostgresServerResource> builder, string? name = null) =>
        builder.WithAnnotation(new VolumeAnnotation(name ?? $"{builder.Resource.Name}-data", "/var/lib/postgresql"));

    public static IResourceBuilder<PostgresDatabaseResource> AddDatabase(
        this IResourceBuilder<PostgresServerResource> builder, string name, string? databaseName = null)
    {
        var database = new PostgresDatabaseResource(name, databaseName ?? name, builder.Resource);
        builder.Resource.Databases.Add(database);
        return builder.ApplicationBuilder.AddResource(database);
    }
}

public static class RedisBuilderExtensions
{
    public static IResourceBuilder<RedisResource> AddRedis(this IDistributedApplicationBuilder builder, string name)
    {
        var resource = new RedisResource(name, builder.AddPassword(name));
        return builder.AddResource(resource)
            .WithAnnotation(new ContainerImageAnnotation("docker.io/library/redis:8.6", "/bin/sh"))
            .WithAnnotation(new EndpointAnnotation(ProtocolType.Tcp, "redis", name: "tcp", targetPort: 6379))
            .WithEnvironment("REDIS_PASSWORD", ReferenceExpression.Create($"{resource.PasswordParameter}"))
            .WithArgs("-c", "redis-server --requirepass $REDIS_PASSWORD --appendonly yes");
    }

    public static IResourceBuilder<RedisResource> WithDataVolume(this IResourceBuilder<RedisResource> builder, string? name = null) =>
        builder.WithAnnotation(new VolumeAnnotation(name ?? $"{builder.Resource.Name}-data", "/data"));
}

public static class RabbitMQBuilderExtensions
{
    public static IResourceBuilder<RabbitMQServerResource> AddRabbitMQ(this IDistributedApplicationBuilder builder, string name)
    {
        var resource = new RabbitMQServerResource(name, builder.AddPassword(name));
        return builder.AddResource(resource)
            .WithAnnotation(new ContainerImageAnnotation("docker.io/library/rabbitmq:4.3"))
            .WithAnnotation(new EndpointAnnotation(ProtocolType.Tcp, "tcp", targetPort: 5672))
            .WithEnvironment("RABBITMQ_DEFAULT_USER", RabbitMQServerResource.UserName)
            .WithEnvironment("RABBITMQ_DEFAULT_PASS", ReferenceExpression.Create($"{resource.PasswordParameter}"));
    }

    public static IResourceBuilder<RabbitMQServerResource> WithDataVolume(
        this IResourceBuilder<RabbitMQServerResource> builder, string? name = null) =>
        builder.WithAnnotation(new VolumeAnnotation(name ?? $"{builder.Resource.Name}-data", "/var/lib/rabbitmq"));

    public static IResourceBuilder<RabbitMQServerResource> WithManagementPlugin(this IResourceBuilder<RabbitMQServerResource> builder)
    {
        builder.Resource.Annotations.OfType<ContainerImageAnnotation>().Single().Image += "-management";
        return builder.WithHttpEndpoint(targetPort: 15672, name: "management");
    }
}
