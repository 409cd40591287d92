using EatFast;
using EatFast.Catalog;
using EatFast.Catalog.Clients;
using EatFast.Catalog.Contracts;
using EatFast.Catalog.Data;
using EatFast.Catalog.Features;
using EatFast.Catalog.Grpc;
using EatFast.Data;
using EatFast.Http;
using EatFast.Messaging;
using EatFast.Security;
using Microsoft.Extensions.Caching.Distributed;
using StackExchange.Redis;
using IdentityClient = EatFast.Identity.Contracts.V1.Identity.IdentityClient;
using OrderingClient = EatFast.Ordering.Contracts.V1.Ordering.OrderingClient;

if (Migrations.IsMigrationStep(args))
{
    await Migrations.RunAsync<CatalogDbContext>(args, CatalogDbContext.Schema, (db, _, ct) => DemoData.SeedAsync(db, ct));
    return;
}

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults(typeof(Program).Assembly);
builder.AddPostgres<CatalogDbContext>(CatalogDbContext.Schema);
builder.AddReadReplica<CatalogDbContext>(CatalogDbContext.Schema);
builder.AddRedisClient("redis", configureOptions: SharedCache.FailFast);
builder.AddBus<CatalogDbContext>("catalog", typeof(Program).Assembly, typeof(MenuItemChanged).Assembly);
builder.Services.AddValidation();
builder.Services.AddScoped<IPersonalRecords, ExportPerson>();
builder.Services.AddSingleton<IDistributedCache, SharedCache>().AddSingleton<PublicAnswers>().AddHybridCache();
builder.AddNeighbour<IdentityClient>("identity");
builder.AddNeighbour<OrderingClient>("ordering");
builder.Services.AddScoped<Owners>().AddScoped<OrderLookup>().AddScoped<Reviewers>().AddMemoryCache();
var images = builder.Configuration.GetSection("Images").Get<ImageOptions>() ?? new();
builder.Services.AddSingleton<IImageStore>(_ => images.ServiceUrl is null ? new ImageFolder(images) : new ImageBucket(images));
builder.Services.AddScoped<CatalogChanges>().AddScoped<StockRoom>().AddScoped<ReviewDesk>().AddScoped<ImageDesk>();
builder.Services.AddScoped<QuoteItems>().AddScoped<Decisions>();
builder.Services.AddScoped<DescribeRestaurant>().AddScoped<ListNearby>();
builder.AddPeriodicWork<SettleStrayHolds>(TimeSpan.FromSeconds(30));
builder.Services.AddSingleton<UnshownImages>();
builder.AddPeriodicWork<SweepImages>(TimeSpan.FromHours(6));

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
EditProfile.Map(owner);
SetOpeningHours.Map(owner);
SetDeliveryArea.Map(owner);
ListOwnMenu.Map(owner);
ManageCategories.Map(owner);
ReorderMenu.Map(owner);
ManageItems.Map(owner);
SetItemsAvailability.Map(owner);
SetStock.Map(owner);
UploadImage.Map(owner);
DeleteImage.Map(owner);
KeepAvatar.Map(app);
ShowImage.Map(app);
ListReviews.Map(open, owner);
PostReview.Map(app.MapGroup("/api/v1").WithTags("Restaurants").RequireAuthorization(Policies.Customer)
    .ProducesValidationProblem().ProducesProblem(404).ProducesProblem(409));

var admin = app.MapGroup("/api/v1").WithTags("Restaurants of the platform").RequireAuthorization(Policies.Admin)
    .ProducesValidationProblem().ProducesProblem(404).ProducesProblem(409);
RegisterRestaurant.Map(admin);
ListAllRestaurants.Map(admin);
GovernRestaurant.Map(admin);

app.MapGrpcService<CatalogGrpcService>().AllowAnonymous();
app.Run();
