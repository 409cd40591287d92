using EatFast;
using EatFast.Data;
using EatFast.Http;
using EatFast.Messaging;
using EatFast.Ordering;
using EatFast.Ordering.Clients;
using EatFast.Ordering.Contracts;
using EatFast.Ordering.Data;
using EatFast.Ordering.Features;
using EatFast.Ordering.Grpc;
using EatFast.Security;
using CatalogClient = EatFast.Catalog.Contracts.V1.Catalog.CatalogClient;
using DeliveryClient = EatFast.Delivery.Contracts.V1.Delivery.DeliveryClient;
using PaymentsClient = EatFast.Payments.Contracts.V1.Payments.PaymentsClient;

if (Migrations.IsMigrationStep(args))
{
    await Migrations.RunAsync<OrderingDbContext>(args, OrderingDbContext.Schema);
    return;
}

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults(typeof(Program).Assembly);
builder.AddPostgres<OrderingDbContext>(OrderingDbContext.Schema);
builder.AddBus<OrderingDbContext>("ordering", typeof(Program).Assembly, typeof(OrderPlaced).Assembly);
builder.Services.AddValidation();
builder.Services.AddOptions<OrderingOptions>().BindConfiguration("Ordering").ValidateDataAnnotations().ValidateOnStart();
builder.AddNeighbour<CatalogClient>("catalog");
builder.AddNeighbour<DeliveryClient>("delivery");
builder.AddNeighbour<PaymentsClient>("payments");
builder.Services.AddScoped<CatalogMenu>().AddScoped<DeliveryQuotes>().AddScoped<Checkout>();
builder.Services.AddScoped<Promotions>().AddScoped<CartDesk>().AddScoped<Neighbourhood>().AddSingleton<QuoteSeal>();
builder.Services.AddScoped<OrderJournal>().AddScoped<DescribeOrder>().AddScoped<PaymentLookup>().AddScoped<OrderWatchdog>();
builder.Services.AddHttpClient<UnreadCount>(client => client.BaseAddress = new Uri("http://notifications"));
builder.AddPeriodicWork<FireDueTimers>(TimeSpan.FromSeconds(1));
builder.AddPeriodicWork<RollUpAnalytics>(TimeSpan.FromSeconds(30));
builder.AddPeriodicWork<RedriveOrders>(TimeSpan.FromSeconds(2));

var app = builder.Build();
app.UseServiceDefaults();
// A missing secret stops the start here, not the first quote.
app.Services.GetRequiredService<QuoteSeal>();
var api = app.MapGroup("/api/v1").WithTags("Orders").RequireAuthorization().ProducesValidationProblem().ProducesProblem(409);
var orders = api.MapGroup("/orders");
PlaceOrder.Map(orders, api.MapGroup("/restaurants"));
QuoteOrder.Map(orders);
GetOrder.Map(orders);
ChangeOrderStatus.Map(orders);
TrackOrder.Map(orders);
RateOrder.Map(orders);
ReorderOrder.Map(orders);
PrintReceipt.Map(orders);
QuoteDeliveryFee.Map(api.MapGroup("/restaurants").WithTags("Restaurants").ProducesProblem(404));
ShowMobileHome.Map(api.MapGroup("/mobile").WithTags("Mobile"));
ManageCart.Map(api.MapGroup("/cart").WithTags("Cart").RequireAuthorization(Policies.Customer).ProducesProblem(404));
ShowOwnAnalytics.Map(api.MapGroup("/users").WithTags("Customers"));
var board = api.MapGroup("/restaurant/orders").WithTags("Kitchen").RequireAuthorization(Policies.Restaurant);
var admin = api.MapGroup("/admin").WithTags("Administration").RequireAuthorization(Policies.Admin);
ListOrders.Map(orders, board, admin.MapGroup("/orders"));
CancelOrder.Map(orders, admin.MapGroup("/orders"));
ShowAdminDashboard.Map(admin);
ListRollups.Map(admin);
TrackEvents.Map(api.MapGroup("/analytics").WithTags("Analytics"));
var restaurant = api.MapGroup("/restaurant").WithTags("Kitchen").RequireAuthorization(Policies.Restaurant);
ShowRestaurantDashboard.Map(restaurant.MapGroup("/analytics"));
ReportSales.Map(restaurant.MapGroup("/reports"), admin.MapGroup("/reports"));
ChangePreparationTime.Map(orders, board);
ListCurrentOrders.Map(board);
ConfirmOrder.Map(board);
RejectOrder.Map(board);
CookOrder.Map(board);
var promotions = api.MapGroup("/promotions").WithTags("Promotions");
var adminPromotions = api.MapGroup("/admin/promotions").WithTags("Promotions").RequireAuthorization(Policies.Admin).ProducesProblem(404);
ListPromotions.Map(promotions, adminPromotions);
ValidatePromotion.Map(promotions);
ManagePromotions.Map(adminPromotions);
app.MapGrpcService<OrderingGrpcService>().AllowAnonymous();
app.Run();
