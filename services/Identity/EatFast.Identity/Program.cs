using EatFast;
using EatFast.Data;
using EatFast.Identity.Contracts;
using EatFast.Identity.Credentials;
using EatFast.Identity.Data;
using EatFast.Identity.Data.Protection;
using EatFast.Identity.Features;
using EatFast.Identity.Grpc;
using EatFast.Messaging;
using Microsoft.AspNetCore.Authentication.JwtBearer;

if (Migrations.IsMigrationStep(args))
{
    await Migrations.RunAsync<IdentityDbContext>(args, IdentityDbContext.Schema, async (db, configuration, ct) =>
    {
        using var passwords = PasswordHasher.From(configuration);
        await DemoData.SeedAsync(db, PersonalDataVault.From(configuration), passwords.Compute, TimeProvider.System.GetUtcNow(), ct);
    });
    return;
}

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults(typeof(Program).Assembly);
builder.AddPostgres<IdentityDbContext>(IdentityDbContext.Schema);
builder.AddBus<IdentityDbContext>("identity", typeof(Program).Assembly, typeof(UserRegistered).Assembly);
builder.Services.AddValidation();
builder.Services.AddSingleton(_ => SigningKeys.From(builder.Configuration));
builder.Services.AddSingleton(_ => PersonalDataVault.From(builder.Configuration));
builder.Services.AddSingleton(_ => PasswordHasher.From(builder.Configuration));
builder.Services.AddSingleton<AccessTokens>();
builder.Services.AddScoped<GetUser>();
builder.Services.AddScoped<GetContact>();
builder.Services.AddOptions<JwtBearerOptions>(JwtBearerDefaults.AuthenticationScheme)
    .Configure<SigningKeys>((options, keys) => options.ConfigurationManager = keys.ForValidation());
builder.AddPeriodicWork<ForgetEndedSessions>(TimeSpan.FromHours(1));

var app = builder.Build();
// A missing or unusable key has to stop the start, not the first sign-in.
app.Services.GetRequiredService<AccessTokens>();
app.UseServiceDefaults();

PublishKeys.Map(app);

var auth = app.MapGroup("/api/v1/auth").WithTags("Auth").ProducesValidationProblem().ProducesProblem(401);
Register.Map(auth);
SignIn.Map(auth);
RefreshSession.Map(auth);
SignOut.Map(auth);

var users = app.MapGroup("/api/v1/users").WithTags("Users").RequireAuthorization().ProducesValidationProblem().ProducesProblem(401);
GetProfile.Map(auth, users);
UpdateProfile.Map(users);

app.MapGrpcService<IdentityGrpcService>().AllowAnonymous();
app.Run();
