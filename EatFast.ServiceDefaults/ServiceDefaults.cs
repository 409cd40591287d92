using EatFast.Errors;
using EatFast.Http;
using EatFast.Messaging;
using EatFast.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace EatFast;

/// <summary>What every process of the system has: telemetry, health, clients, errors and identity. Two calls in Program.cs.</summary>
public static class ServiceDefaults
{
    public static WebApplicationBuilder AddServiceDefaults(this WebApplicationBuilder builder, System.Reflection.Assembly service)
    {
        builder.Configuration.AddLogLevels();
        builder.Configuration.AcceptPlainVariables();
        builder.Services.TryAddSingleton(Drill.Clock);
        builder.Services.AddSingleton(new RefusalTable(service));
        builder.Services.AddSingleton<IProblemDetailsWriter, ProblemWriter>();
        builder.Services.AddProblemDetails();
        builder.Services.AddSingleton<AnswerCipher>().AddSingleton<Places>();
        builder.Services.AddExceptionHandler<HttpErrors>();
        builder.AddHttpDefaults();
        builder.AddTelemetry();
        builder.AddHealth();
        builder.AddSecurity();
        builder.Services.AddOpenApi("v1", document => document
            .AddSchemaTransformer<ApiDescription>().AddOperationTransformer<ApiDescription>());
        return builder;
    }

    /// <summary>
    /// The pipeline, outermost first: request id, the connection's end, errors, whether it came through the gateway, who is calling and what that caller
    /// may do.
    /// </summary>
    public static WebApplication UseServiceDefaults(this WebApplication app) => app.Use(InternalCalls.Require, onceCallerIsKnown: _ => { });

    /// <summary>The pipeline of the one process that strangers reach; quotas depend on who calls, so that comes first.</summary>
    public static WebApplication UseFrontDoorDefaults(
        this WebApplication app, Action<WebApplication> door, Action<WebApplication> onceCallerIsKnown) => app.Use(door, onceCallerIsKnown);

    private static WebApplication Use(this WebApplication app, Action<WebApplication> door, Action<WebApplication> onceCallerIsKnown)
    {
        app.UseRequestId();
        app.UseCloseAfterLongBody();
        app.UseExceptionHandler();
        app.UseStatusCodePages();
        door(app);
        app.UseStorableQuery();
        app.UseAuthentication();
        onceCallerIsKnown(app);
        app.UseAuthorization();
        app.MapHealth();
        app.MapOpenApi().AllowAnonymous();
        app.MapMessageAdmin();
        app.MapPersonalRecords();
        return app;
    }
}
