using EatFast.ProviderSimulator.State;

namespace EatFast.ProviderSimulator.Providers.CamPay;

/// <summary>CamPay's API at its true paths. Every path ends with a slash: without it a GET is sent on and a POST finds nothing.</summary>
internal static class CamPayEndpoints
{
    public static void AddCamPay(this IServiceCollection services)
    {
        services.AddSingleton(provider => CamPayOptions.Read(provider.GetRequiredService<IConfiguration>()));
        services.AddSingleton<Operators>();
        services.AddSingleton<CamPayLedger>();
        services.AddSingleton<CamPayFaults>();
        services.AddSingleton<CamPayWebhooks>();
        services.AddSingleton<CamPayCashier>();
        services.AddSingleton<CamPayTokens>();
        services.AddSingleton<IJournalled>(provider => provider.GetRequiredService<CamPayLedger>());
        services.AddSingleton<ITimed>(provider => provider.GetRequiredService<CamPayCashier>());
    }

    public static void Map(IEndpointRouteBuilder app)
    {
        var open = app.MapGroup("/api").AddEndpointFilter(RequireSlash);
        open.MapPost("/token/", (HttpContext http, CamPayTokens tokens) => tokens.IssueAsync(http));

        var api = open.MapGroup("").AddEndpointFilter(RequireToken);
        api.MapPost("/collect/", Collect);
        api.MapPost("/withdraw/", Withdraw);
        api.MapGet("/transaction/{reference}/", GetTransaction);
        api.MapGet("/balance/", GetBalance);
        api.MapPost("/history/", ListHistory.Handle);
    }

    private static Task<IResult> Collect(HttpContext http, CamPayCashier cashier) =>
        cashier.MoveAsync(http, CamPayEndpoint.Collect, "from", transaction => new
        {
            transaction.Reference,
            (transaction.Operator == Operators.Mtn.Name ? Operators.Mtn : Operators.Orange).UssdCode,
            transaction.Operator,
        });

    private static Task<IResult> Withdraw(HttpContext http, CamPayCashier cashier) =>
        cashier.MoveAsync(http, CamPayEndpoint.Withdraw, "to", transaction => new
        {
            transaction.Reference,
            Status = CamPayStatus.Pending,
        });

    private static async Task<IResult> GetTransaction(
        string reference, HttpContext http, CamPayLedger ledger, CamPayFaults faults, CamPayWebhooks webhooks, CamPayOptions options)
    {
        if (!Guid.TryParse(reference, out var id) || ledger.Find(id) is not { } transaction)
            return CamPayErrors.UnknownTransaction();
        return await faults.AroundAsync(http, transaction.Phone, CamPayEndpoint.Transaction, () =>
            Task.FromResult(CamPayJson.Answer(CamPayView.Of(transaction, webhooks.Sign(options.WebhookKey)))));
    }

    private static IResult GetBalance(CamPayLedger ledger)
    {
        var mtn = ledger.BalanceXaf(Operators.Mtn);
        var orange = ledger.BalanceXaf(Operators.Orange);
        return CamPayJson.Answer(new
        {
            TotalBalance = mtn + orange,
            MtnBalance = mtn,
            OrangeBalance = orange,
            UtilityBalance = 0,
            UtilityCommissionBalance = 0,
            Currency = "XAF",
        });
    }

    private static async ValueTask<object?> RequireSlash(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var request = context.HttpContext.Request;
        if (request.Path.Value!.EndsWith('/'))
            return await next(context);
        return HttpMethods.IsGet(request.Method)
            ? Results.LocalRedirect($"{request.Path.ToUriComponent()}/{request.QueryString}", permanent: true)
            : CamPayErrors.NotFound();
    }

    private static async ValueTask<object?> RequireToken(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var tokens = context.HttpContext.RequestServices.GetRequiredService<CamPayTokens>();
        var header = context.HttpContext.Request.Headers.Authorization.ToString();
        return tokens.Admits(header) ? await next(context) : CamPayErrors.InvalidToken();
    }
}
