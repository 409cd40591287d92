using EatFast;
using EatFast.Data;
using EatFast.Http;
using EatFast.Identity.Contracts.V1;
using EatFast.Messaging;
using EatFast.Notifications;
using EatFast.Notifications.Clients;
using EatFast.Notifications.Data;
using EatFast.Notifications.Features;
using EatFast.Notifications.Realtime;
using EatFast.Ordering.Contracts.V1;
using EatFast.Security;
using Microsoft.Extensions.Options;

if (Migrations.IsMigrationStep(args))
{
    await Migrations.RunAsync<NotificationsDbContext>(args, NotificationsDbContext.Schema);
    return;
}

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults(typeof(Program).Assembly);
builder.AddPostgres<NotificationsDbContext>(NotificationsDbContext.Schema);
builder.AddRedisClient("redis");
builder.AddBus<NotificationsDbContext>("notifications", typeof(Program).Assembly, typeof(Program).Assembly);
builder.Services.AddValidation();
builder.Services.AddScoped<IPersonalRecords, ExportPerson>();
builder.AddNeighbour<Identity.IdentityClient>("identity");
builder.AddNeighbour<Ordering.OrderingClient>("ordering");
builder.AddProviders();
builder.AddRealtime();
builder.Services.AddSingleton<Texts>().AddSingleton<Sealer>().AddSingleton<WebLinks>().AddSingleton<CodeReader>().AddSingleton<LetterReader>();
builder.Services.AddScoped<Contacts>().AddScoped<Orders>().AddScoped<MessageQueue>().AddScoped<Postman>();
builder.Services.AddOptions<SendingRules>().BindConfiguration("Notifications").ValidateDataAnnotations().ValidateOnStart();
builder.Services.AddSingleton(services => services.GetRequiredService<IOptions<SendingRules>>().Value);
builder.Services.AddHostedService<ForwardDriverPositions>();
builder.AddPeriodicWork<SendSms>(TimeSpan.FromMilliseconds(500));
builder.AddPeriodicWork<SendEmails>(TimeSpan.FromMilliseconds(500));

var app = builder.Build();
app.RequireProviderSettings();
app.UseServiceDefaults();

var notifications = app.MapGroup("/api/v1/notifications").WithTags("Notifications").RequireAuthorization()
    .ProducesValidationProblem().ProducesProblem(404);
ListNotifications.Map(notifications);
MarkNotificationRead.Map(notifications);
MarkAllNotificationsRead.Map(notifications);
DeleteNotification.Map(notifications);
GetPreferences.Map(notifications);
SetPreferences.Map(notifications);
QueueSms.Map(notifications);

var webhooks = app.MapGroup("/api/v1/webhooks/infobip").WithTags("Webhooks").AllowAnonymous().ProducesValidationProblem();
ReceiveSmsReports.Map(webhooks);

app.MapRealtime();
app.Run();
