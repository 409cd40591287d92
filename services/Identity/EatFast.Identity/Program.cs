using EatFast;
using EatFast.Data;
using EatFast.Identity;
using EatFast.Identity.Audit;
using EatFast.Identity.Contracts;
using EatFast.Identity.Credentials;
using EatFast.Identity.Data;
using EatFast.Identity.Data.Protection;
using EatFast.Identity.Features;
using EatFast.Identity.Grpc;
using EatFast.Messaging;
using EatFast.Security;

if (Migrations.IsMigrationStep(args))
{
    await Migrations.RunAsync<IdentityDbContext>(args, IdentityDbContext.Schema, async (db, configuration, ct) =>
    {
        using var passwords = PasswordHasher.From(configuration);
        await DemoData.SeedAsync(db, PersonalDataVault.From(configuration), passwords.Compute, TimeProvider.System.GetUtcNow(), ct);
    });
    return;
}

if (VerifyAudit.IsStep(args))
{
    Environment.ExitCode = await VerifyAudit.RunAsync(args, Console.Out);
    return;
}

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults(typeof(Program).Assembly);
builder.AddPostgres<IdentityDbContext>(IdentityDbContext.Schema, PersonalRows.From(builder.Configuration));
builder.AddBus<IdentityDbContext>("identity", typeof(Program).Assembly, typeof(UserRegistered).Assembly);
builder.Services.AddValidation();
builder.AddCredentials();
builder.AddSubmissions();
builder.Services.AddScoped<GetUser>().AddScoped<GetContact>().AddScoped<GetGuestSession>();
builder.Services.AddSingleton<IRevocationSource, ListRevocations>();
builder.AddPeriodicWork<ForgetEndedSessions>(TimeSpan.FromHours(1));
builder.Services.AddSingleton<AnchorFile>();
builder.AddPeriodicWork<SignAuditHead>(TimeSpan.FromSeconds(10));
builder.AddPeriodicWork<ResealPersonalData>(TimeSpan.FromSeconds(10));
builder.AddPeriodicWork<LiftSuspensions>(TimeSpan.FromMinutes(1));
builder.AddPeriodicWork<RepeatErasures>(TimeSpan.FromHours(1));

var app = builder.Build();
// A missing or unusable key has to stop the start, not the first sign-in.
app.Services.GetRequiredService<AccessTokens>();
app.UseServiceDefaults();

PublishKeys.Map(app);
ListRevocations.Map(app);

var auth = app.MapGroup("/api/v1/auth").WithTags("Auth").ProducesValidationProblem().ProducesProblem(401);
Register.Map(auth);
SignIn.Map(auth);
RefreshSession.Map(auth);
SignOut.Map(auth);
SignOutEverywhere.Map(auth);
ForgotPassword.Map(auth);
ResetPassword.Map(auth);
VerifyEmail.Map(auth);
SendOtp.Map(auth);
VerifyOtp.Map(auth);
SignInWithGoogle.Map(auth);
var factors = auth.MapGroup("/2fa").WithTags("Two-factor").RequireAuthorization().ProducesProblem(403);
ManageTwoFactor.Map(factors);
ManageTrustedDevices.Map(factors);
SetUpTotp.Map(factors);
SendSecondFactor.Map(factors, auth);
VerifySecondFactor.Map(auth);

var users = app.MapGroup("/api/v1/users").WithTags("Users").RequireAuthorization().ProducesValidationProblem().ProducesProblem(401);
GetProfile.Map(auth, users);
UpdateProfile.Map(users);
ChangePassword.Map(auth, users);
var guest = app.MapGroup("/api/v1/guest").WithTags("Guests").AllowAnonymous().ProducesValidationProblem().ProducesProblem(404);
StartGuestSession.Map(guest);
ConvertGuest.Map(guest, users);
ProveGuestPhone.Map(guest.MapGroup("/phone").ProducesProblem(401).ProducesProblem(429));
KeepFavorites.Map(users);
KeepAvatar.Map(users);
var addresses = users.MapGroup("/addresses").WithTags("Addresses").ProducesProblem(404);
ListAddresses.Map(addresses);
SaveAddress.Map(addresses);

var admin = app.MapGroup("/api/v1/admin").WithTags("Accounts").RequireAuthorization(Policies.Admin)
    .ProducesValidationProblem().ProducesProblem(401).ProducesProblem(403).ProducesProblem(404);
var accounts = admin.MapGroup("/users");
ListUsers.Map(accounts);
GetUserDetail.Map(accounts);
SaveUser.Map(accounts);
SetUserStatus.Map(accounts);
SetUserRole.Map(accounts);
SendPasswordReset.Map(accounts);
ExportPerson.Map(users, accounts);
EraseAccount.Map(users, accounts);
ResealPersonalData.Map(admin);
ListAuditLogs.Map(admin.MapGroup("/audit-logs"), accounts);

var forms = app.MapGroup("/api/v1/public").WithTags("Public").AllowAnonymous().ProducesValidationProblem().ProducesProblem(429);
SendContactMessage.Map(forms);
var newsletter = forms.MapGroup("/newsletter");
SubscribeToNewsletter.Map(newsletter);
AnswerNewsletterMail.Map(newsletter);
ApplyAsPartner.Map(forms.MapGroup("/partner-applications").ProducesProblem(404));
WorkOnContactMessages.Map(admin.MapGroup("/contact").WithTags("Public"));
ListSubscribers.Map(admin.MapGroup("/newsletter").WithTags("Public"));
ReviewPartnerApplications.Map(admin.MapGroup("/partner-applications").WithTags("Public"));

app.MapGrpcService<IdentityGrpcService>().AllowAnonymous();
app.Run();
