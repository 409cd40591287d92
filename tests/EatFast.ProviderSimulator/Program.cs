using EatFast.ProviderSimulator.Control;
using EatFast.ProviderSimulator.Http;
using EatFast.ProviderSimulator.Providers.CamPay;
using EatFast.ProviderSimulator.Providers.Ga4;
using EatFast.ProviderSimulator.Providers.Google;
using EatFast.ProviderSimulator.Providers.Infobip;
using EatFast.ProviderSimulator.Providers.NouPay;
using EatFast.ProviderSimulator.Providers.Smtp;
using EatFast.ProviderSimulator.Providers.Stripe;
using EatFast.ProviderSimulator.State;

var builder = WebApplication.CreateBuilder(args);
builder.Logging.AddFilter("System.Net.Http.HttpClient", LogLevel.Warning).AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
builder.Services.AddProblemDetails();
builder.Services.AddSingleton(TimeProvider.System);
builder.Services.AddSingleton<Journal>();
builder.Services.AddSingleton<ChangeFeed>();
builder.Services.AddSingleton<FaultBoard>();
builder.Services.AddSingleton<Outbox>();
builder.Services.AddSingleton<IJournalled>(services => services.GetRequiredService<Outbox>());
builder.Services.AddHostedService<Clockwork>();
builder.Services.AddWebhooks();
builder.Services.AddCamPay();
builder.Services.AddNouPay();
builder.Services.AddStripe();
builder.Services.AddGa4();
builder.Services.AddInfobip();
builder.Services.AddSingleton<GoogleAccounts>();
builder.Services.AddSmtp();

var app = builder.Build();
app.UseExceptionHandler(new ExceptionHandlerOptions
{
    StatusCodeSelector = e => e is BadHttpRequestException bad ? bad.StatusCode : StatusCodes.Status500InternalServerError,
});
app.Services.GetRequiredService<Journal>().Replay(app.Services.GetServices<IJournalled>());

SimulatorPage.Map(app);
ControlEndpoints.Map(app);
CamPayEndpoints.Map(app);
CamPayControl.Map(app);
NouPayEndpoints.Map(app);
NouPayControl.Map(app);
StripeEndpoints.Map(app);
StripeControl.Map(app);
Ga4Endpoints.Map(app);
InfobipEndpoints.Map(app);
SmtpControl.Map(app);
GoogleEndpoints.Map(app);

app.Run();
