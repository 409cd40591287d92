using EatFast.Identity.Data.Protection;
using Microsoft.AspNetCore.Authentication.JwtBearer;

namespace EatFast.Identity.Credentials;

/// <summary>Keys, hashes, codes and what guards them.</summary>
internal static class Setup
{
    public static void AddCredentials(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton(_ => SigningKeys.From(builder.Configuration));
        services.AddSingleton(_ => PersonalDataVault.From(builder.Configuration));
        services.AddSingleton(_ => CodeVault.From(builder.Configuration));
        services.AddSingleton(_ => PasswordHasher.From(builder.Configuration));
        services.AddSingleton<AccessTokens>();
        services.AddOptions<SignInLimits>().BindConfiguration("Identity:SignIn").ValidateDataAnnotations().ValidateOnStart();
        services.AddScoped<SignInGuard>().AddScoped<SecurityCodes>().AddScoped<Recipients>();
        services.AddScoped<NewAccount>().AddScoped<SecondFactors>().AddScoped<Entrance>().AddScoped<AddressBook>();
        services.AddScoped<TwoFactorChange>().AddScoped<Features.SecondFactorPost>().AddHttpContextAccessor();
        services.AddOptions<JwtBearerOptions>(JwtBearerDefaults.AuthenticationScheme)
            .Configure<SigningKeys>((options, keys) => options.ConfigurationManager = keys.ForValidation());
    }
}
