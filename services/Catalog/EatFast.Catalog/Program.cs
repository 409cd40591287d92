using EatFast;
using EatFast.Catalog;
using EatFast.Catalog.Clients;
using EatFast.Catalog.Contracts;
using EatFast.Catalog.Data;
using EatFast.Catalog.Features;
using EatFast.Catalog.Grpc;
using EatFast.Data;
using EatFast.Messaging;
using EatFast.Security;
using StackExchange.Redis;

if (Migrations.IsMigrationStep(args))
{
    await Migrations.RunAsync<CatalogDbContext>(args, CatalogDbContext.Schema, (db, _, ct) => DemoData.SeedAsync(db, ct));
    return;
}

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults(typeof(Program).Assembly);
builder.AddPostgres<CatalogDbContext>(CatalogDbContext.Schema);
builder.AddRedisClient("redis", configureOptions: MenuCache.FailFast);
builder.AddBus<CatalogDbContext>("catalog", typeof(Program).Assembly, typeof(MenuItemChanged).Assembly);
builder.Services.AddValidation();
builder.Services.AddSingleton<MenuCache>();
builder.Services.AddScoped<QuoteItems>();
builder.Services.AddScoped<DescribeRestaurant>();

var app = builder.Build();
app.UseServiceDefaults();
// Connecting blocks for as long as Redis is silent: better here than in the first request.
app.Services.GetRequiredService<IConnectionMultiplexer>();

var open = app.MapGroup("/api/v1").WithTags("Restaurants").AllowAnonymous().ProducesValidationProblem();
ListRestaurants.Map(open);
GetRestaurant.Map(open);
GetMenu.Map(open);
SearchCatalog.Map(open);
// What cannot be a restaurant is not there; without this route a stranger would be asked to sign in.
open.MapGet("/restaurants/{**unknown}", () => TypedResults.NotFound()).ExcludeFromDescription();

var owner = app.MapGroup("/api/v1").WithTags("Restaurant owner").RequireAuthorization(Policies.Restaurant)
    .ProducesValidationProblem().ProducesProblem(404).ProducesProblem(409);
SetItemAvailability.Map(owner);
PauseRestaurant.Map(owner);

app.MapGrpcService<CatalogGrpcService>().AllowAnonymous();
app.Run();
