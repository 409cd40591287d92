namespace Aspire.Hosting.ApplicationModel;

public sealed class PostgresServerResource(string name, ParameterResource password) : ContainerResource(name), IResourceWithConnectionString
{
    internal const string Owner = "postgres";

    public EndpointReference PrimaryEndpoint => new(this, "tcp");
    public ParameterResource PasswordParameter { get; } = password;
    public ReferenceExpression ConnectionStringExpression =>
        ReferenceExpression.Create($"Host={Host};Port={Port};Username={Owner};Password={PasswordParameter}");

    internal List<PostgresDatabaseResource> Databases { get; } = [];
    private EndpointReferenceExpression Host => PrimaryEndpoint.Property(EndpointProperty.Host);
    private EndpointReferenceExpression Port => PrimaryEndpoint.Property(EndpointProperty.Port);

    public IEnumerable<KeyValuePair<string, ReferenceExpression>> GetConnectionProperties() => ConnectionProperties("");

    internal IEnumerable<KeyValuePair<string, ReferenceExpression>> ConnectionProperties(string path)
    {
        var address = PrimaryEndpoint.Property(EndpointProperty.HostAndPort);
        yield return new("Host", ReferenceExpression.Create($"{Host}"));
        yield return new("Port", ReferenceExpression.Create($"{Port}"));
        yield return new("Username", ReferenceExpression.Create($"{Owner}"));
        yield return new("Password", ReferenceExpression.Create($"{PasswordParameter}"));
        yield return new("Uri", ReferenceExpression.Create($"postgresql://{Owner}:{PasswordParameter:uri}@{address}{path}"));
        yield return new("JdbcConnectionString", ReferenceExpression.Create($"jdbc:postgresql://{address}{path}"));
    }
}

public sealed class PostgresDatabaseResource(string name, string databaseName, PostgresServerResource parent)
    : Resource(name), IResourceWithConnectionString
{
    public string DatabaseName { get; } = databaseName;
    public PostgresServerResource Parent { get; } = parent;
    public ReferenceExpression ConnectionStringExpression =>
        ReferenceExpression.Create($"{new ConnectionStringReference(Parent)};Database={DatabaseName}");

    public IEnumerable<KeyValuePair<string, ReferenceExpression>> GetConnectionProperties() =>
        Parent.ConnectionProperties($"/{DatabaseName}").Append(new("DatabaseName", ReferenceExpression.Create($"{DatabaseName}")));
}
