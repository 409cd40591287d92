using EatFast;
using EatFast.Gateway;
using EatFast.Gateway.RateLimits;
using EatFast.Security;
using Scalar.AspNetCore;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.ServiceDiscovery;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults(typeof(Program).Assembly);
builder.AddAllowedOrigins();
builder.AddRateLimits();
builder.AddTrustedProxies();
builder.AddDoor();
builder.AddOlderDrivers();
builder.Services.AddHttpClient(ServiceAddresses.Client, client => client.Timeout = TimeSpan.FromSeconds(2)).AddInternalKey();
builder.Services.AddSingleton<OpenApiDocuments>();
builder.Services.AddSingleton<LocalProcesses>();
builder.Services.AddSingleton<DetailedHealth>();
builder.Services.AddSingleton<IDestinationResolver, ServiceAddresses>();
builder.Services.AddSingleton<IProxyConfigFilter, ClusterDefaults>();
builder.Services.AddSingleton<IForwarderHttpClientFactory, PatientClients>();
builder.Services.AddOutputCache(cache => cache.AddPolicy(CatalogCache.Name, new CatalogCache()));
builder.Services.AddResponseCompression(compression => compression.EnableForHttps = true);
builder.Services.AddReverseProxy().LoadFromConfig(builder.Configuration.GetSection("ReverseProxy"))
    .AddTransforms(MobileProjection.Apply);

var app = builder.Build();
app.UseForwardedHeaders();
app.UseSecurityHeaders();
app.UseCors();
app.UseFrontDoorDefaults(door: Door.UseDoor, onceCallerIsKnown: RateLimiting.UseRateLimits);
app.UseOutputCache();
// Only what is read: an answer to a POST can hold a token beside what its client sent, and compressing both would betray it.
app.UseWhen(http => HttpMethods.IsGet(http.Request.Method), reads => reads.UseResponseCompression());

app.MapGet("/", () => TypedResults.Redirect("/status")).AllowAnonymous();
DetailedHealth.Map(app);
StuckMessages.Map(app);
StatusPage.Map(app);
OpenApiDocuments.Map(app);
app.MapScalarApiReference("/scalar", scalar => scalar
    .WithTitle("EatFast API")
    .AddDocument("v1", "EatFast API", "/openapi/v1.json")
    .DisableDefaultFonts().DisableTelemetry().DisableAgent().DisableMcp().HideDeveloperTools()).AllowAnonymous();
app.MapReverseProxy(Forwarding.Configure);
app.MapFallback("{**path}", () => TypedResults.NotFound()).AllowAnonymous();
app.Run();
