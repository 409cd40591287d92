using EatFast.Identity.Data.Protection;
using EatFast.Security;
using Microsoft.AspNetCore.Authentication.JwtBearer;

namespace EatFast.Identity.Credentials;

/// <summary>Keys, hashes, codes and what guards them.</summary>
internal static class Setup
{
    public static void AddCredentials(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton(_ => SigningKeys.From(builder.Configuration));
        services.AddSingleton(_ => Audit.AuditKeys.From(builder.Configuration));
        services.AddSingleton(_ => PersonalDataVault.From(builder.Configuration));
        services.AddSingleton(_ => CodeVault.From(builder.Configuration));
        services.AddSingleton(_ => PasswordHasher.From(builder.Configuration));
        services.AddSingleton<AccessTokens>();
        services.AddOptions<SignInLimits>().BindConfiguration("Identity:SignIn").ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<SmsCosts>().BindConfiguration("Identity:Sms").ValidateDataAnnotations().ValidateOnStart();
        services.AddScoped<SmsBudget>().AddScoped<AddressProof>().AddScoped<AddressChange>().AddScoped<StepUp>().AddScoped<Features.LeaveProof>();
        services.AddScoped<SignInGuard>().AddScoped<SecurityCodes>().AddScoped<Recipients>();
        services.AddScoped<NewAccount>().AddScoped<RightfulOwner>().AddScoped<SecondFactors>().AddScoped<Entrance>().AddScoped<AddressBook>();
        services.AddHttpClient(Clients.Neighbours.Client, client => client.Timeout = TimeSpan.FromSeconds(8)).AddInternalKey();
        services.AddSingleton<Clients.Neighbours>().AddSingleton<Clients.Pictures>().AddScoped<Erasure>().AddScoped<Features.Exporter>();
        services.AddSingleton(_ => Clients.GoogleOptions.From(builder.Configuration, builder.Environment.IsDevelopment()));
        services.AddHttpClient(Clients.GoogleTokens.Client, client => client.Timeout = TimeSpan.FromSeconds(5));
        services.AddSingleton<Clients.IIdentityProvider, Clients.GoogleTokens>().AddScoped<Features.GoogleAccounts>();
        services.AddScoped<TwoFactorChange>().AddScoped<Features.SecondFactorPost>().AddHttpContextAccessor();
        services.AddOptions<JwtBearerOptions>(JwtBearerDefaults.AuthenticationScheme)
            .Configure<SigningKeys>((options, keys) => options.ConfigurationManager = keys.ForValidation());
    }
}
