using System.Collections;
using Aspire.Hosting;
using EatFast.Probe;

if (args is ["host", .. var hostArguments])
{
    Describe(DistributedApplication.CreateBuilder(hostArguments)).Run();
    return Environment.ExitCode;
}

if (args.Contains("--migrate"))
    return 0;

if (args.Contains("--fail"))
{
    Console.Error.WriteLine("The probe was told to fail.");
    return 7;
}

var app = WebApplication.Create(args);
app.MapGet("/health", () => "healthy");
app.MapGet("/env", () => Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
    .ToDictionary(entry => (string)entry.Key, entry => (string?)entry.Value));
app.Run();
return 0;

// Named like the real gateway, so that its port is set the same way.
static DistributedApplication Describe(IDistributedApplicationBuilder builder)
{
    var redis = builder.AddRedis("redis");
    var postgres = builder.AddPostgres("postgres");
    builder.AddProject<ProbeProject>("gateway", launchProfileName: null)
        .WithHttpEndpoint(port: builder.Configuration.GetValue("Gateway:Port", 0))
        .WithHttpHealthCheck("/health")
        .WithReference(redis).WaitFor(redis).WaitFor(postgres);
    return builder.Build();
}
