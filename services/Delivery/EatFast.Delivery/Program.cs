using EatFast;
using EatFast.Data;
using EatFast.Delivery;
using EatFast.Delivery.Clients;
using EatFast.Delivery.Contracts;
using EatFast.Delivery.Data;
using EatFast.Delivery.Domain;
using EatFast.Delivery.Features;
using EatFast.Delivery.Grpc;
using EatFast.Http;
using EatFast.Messaging;
using EatFast.Security;
using Microsoft.Extensions.Options;
using IdentityClient = EatFast.Identity.Contracts.V1.Identity.IdentityClient;
using OrderingClient = EatFast.Ordering.Contracts.V1.Ordering.OrderingClient;
using PaymentsClient = EatFast.Payments.Contracts.V1.Payments.PaymentsClient;

if (Migrations.IsMigrationStep(args))
{
    await Migrations.RunAsync<DeliveryDbContext>(args, DeliveryDbContext.Schema, (db, _, ct) => DemoData.SeedAsync(db, TimeProvider.System.GetUtcNow(), ct));
    return;
}

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults(typeof(Program).Assembly);
builder.AddPostgres<DeliveryDbContext>(DeliveryDbContext.Schema, PersonalRows.From(builder.Configuration));
builder.AddPersonalRows<DeliveryDbContext, Driver>();
builder.AddPersonalRows<DeliveryDbContext, Delivery>();
builder.AddRedisClient("redis", configureOptions: LivePositions.FailFast);
builder.AddBus<DeliveryDbContext>("delivery", typeof(Program).Assembly, typeof(DeliveryAssigned).Assembly);
builder.AddNeighbour<IdentityClient>("identity");
builder.AddNeighbour<OrderingClient>("ordering");
builder.AddNeighbour<PaymentsClient>("payments");
builder.Services.AddValidation();
builder.Services.AddScoped<IPersonalRecords, ExportPerson>();
builder.Services.AddOptions<DispatchRules>().BindConfiguration("Delivery").ValidateDataAnnotations().ValidateOnStart();
builder.Services.AddSingleton(services => services.GetRequiredService<IOptions<DispatchRules>>().Value);
builder.Services.AddSingleton<LivePositions>();
builder.Services.AddScoped<People>().AddScoped<OrderLookup>().AddScoped<DriverCash>().AddScoped<DriverProfiles>();
builder.Services.AddScoped<DeliveryOpening>().AddScoped<TrackDelivery>().AddScoped<Dispatch>();
builder.AddPeriodicWork<FireDueTimers>(TimeSpan.FromSeconds(1));

var app = builder.Build();
app.UseServiceDefaults();

var me = app.MapGroup("/api/v1/drivers/me").WithTags("Drivers").RequireAuthorization(Policies.Driver)
    .ProducesValidationProblem().ProducesProblem(409);
GetDriverProfile.Map(me);
SetDriverStatus.Map(me);
ReportPosition.Map(me);
ListOffers.Map(me);
AcceptOffer.Map(me);
RejectOffer.Map(me);
GetActiveDelivery.Map(me);
ListMyDeliveries.Map(me);
AdvanceDelivery.Map(me);

GetDelivery.Map(app.MapGroup("/api/v1/deliveries").WithTags("Deliveries").RequireAuthorization());
ListLiveDeliveries.Map(app.MapGroup("/api/v1/admin/deliveries").WithTags("Admin").RequireAuthorization(Policies.Admin));

app.MapGrpcService<DeliveryGrpcService>().AllowAnonymous();
app.Run();
