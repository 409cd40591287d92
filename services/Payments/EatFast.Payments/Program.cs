using EatFast;
using EatFast.Data;
using EatFast.Http;
using EatFast.Messaging;
using EatFast.Payments;
using EatFast.Payments.Clients;
using EatFast.Payments.Contracts;
using EatFast.Payments.Data;
using EatFast.Payments.Features;
using EatFast.Payments.Grpc;
using EatFast.Security;

if (Migrations.IsMigrationStep(args))
{
    await Migrations.RunAsync<PaymentsDbContext>(args, PaymentsDbContext.Schema);
    return;
}

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults(typeof(Program).Assembly);
builder.AddPostgres<PaymentsDbContext>(PaymentsDbContext.Schema);
builder.AddBus<PaymentsDbContext>("payments", typeof(Program).Assembly, typeof(PaymentSucceeded).Assembly);
builder.Services.AddValidation();
builder.Services.AddScoped<IPersonalRecords, ExportPerson>();
builder.AddNeighbour<EatFast.Ordering.Contracts.V1.Ordering.OrderingClient>("ordering");
builder.AddNeighbour<EatFast.Identity.Contracts.V1.Identity.IdentityClient>("identity");
builder.AddSealedColumn<PaymentsDbContext>("payments.payment_attempts", "sealed_phone", PhoneCipher.Purpose, PhoneCipher.Place);
builder.AddSealedColumn<PaymentsDbContext>("payments.saved_methods", "sealed_phone", PhoneCipher.Purpose, PhoneCipher.Place);
builder.AddSealedColumn<PaymentsDbContext>("payments.payouts", "sealed_phone", PhoneCipher.Purpose, PhoneCipher.Place);
builder.AddCamPay();
builder.AddNouPay();
builder.AddStripe();
builder.AddPaymentRules();
builder.AddPayers();

var app = builder.Build();
// Read now, so that a missing secret stops the start instead of the first payment.
app.Services.GetRequiredService<CamPayOptions>();
app.Services.GetRequiredService<PhoneCipher>();
app.Services.GetRequiredService<MarkHasher>();
app.UseServiceDefaults();

var payments = app.MapGroup("/api/v1/payments").WithTags("Payments").RequireAuthorization()
    .ProducesValidationProblem().ProducesProblem(404).ProducesProblem(409).ProducesProblem(422);
ListMyPayments.Map(payments);
ListPaymentMethods.Map(payments);
GetPaymentStatus.Map(payments.MapGroup("").RequireAuthorization(Payers.OrAnybodyKnown));

var paying = payments.MapGroup("").RequireAuthorization(Payers.Only);
ProcessPayment.Map(paying);
CreateIntent.Map(paying);
PayByMobileMoney.Map(paying);
ConfirmPayment.Map(paying);
PayByCard.Map(paying);
ManageSavedMethods.Map(payments.MapGroup("").RequireAuthorization(Policies.Customer));

var wallet = app.MapGroup("/api/v1/wallet").WithTags("Wallet").RequireAuthorization(Policies.Customer)
    .ProducesValidationProblem().ProducesProblem(404).ProducesProblem(409).ProducesProblem(422);
GetWallet.Map(wallet);
ListWalletTransactions.Map(wallet);
TopUpWallet.Map(wallet);
PayFromWallet.Map(wallet);
GetEarnings.Map(app);
WithdrawEarnings.Map(app);
GetStatement.Map(app);
ListEarningsTransactions.Map(app);

var loyalty = app.MapGroup("/api/v1/loyalty").WithTags("Loyalty").RequireAuthorization(Policies.Customer)
    .ProducesValidationProblem().ProducesProblem(404).ProducesProblem(422);
ReadLoyalty.Map(loyalty);
RedeemPoints.Map(loyalty);

app.MapOlderNames();

var admin = app.MapGroup("/api/v1/admin").WithTags("Admin").RequireAuthorization(Policies.Admin)
    .ProducesValidationProblem().ProducesProblem(404).ProducesProblem(409).ProducesProblem(422);
RefundPayment.Map(admin);
ReviewReconciliation.Map(admin);
ReviewPayouts.Map(admin);
ReviewCash.Map(admin);
ReadProviderBalances.Map(admin);
ReviewFraudAlerts.Map(admin);
ManageRiskRules.Map(admin);

var driver = app.MapGroup("/api/v1/drivers/me").WithTags("Cash").RequireAuthorization(Policies.Driver)
    .ProducesValidationProblem().ProducesProblem(404).ProducesProblem(409).ProducesProblem(422);
HandOverCash.Map(driver, admin);

var webhooks = app.MapGroup("/api/v1/webhooks").WithTags("Webhooks").AllowAnonymous().ProducesProblem(401);
ReceiveCamPayWebhook.Map(webhooks);
ReceiveStripeWebhook.Map(webhooks);
ReceiveNouPayWebhook.Map(webhooks);

app.MapGrpcService<PaymentsGrpcService>().AllowAnonymous();
app.Run();
