using System.Globalization;
using EatFast.ProviderSimulator.State;

namespace EatFast.ProviderSimulator.Providers.Stripe;

/// <summary>Stripe's API at its true paths: forms in, JSON out, writes repeatable under their key.</summary>
internal static class StripeEndpoints
{
    public static void AddStripe(this IServiceCollection services)
    {
        services.AddSingleton(provider => StripeOptions.Read(provider.GetRequiredService<IConfiguration>()));
        services.AddSingleton<StripeLedger>();
        services.AddSingleton<StripeFaults>();
        services.AddSingleton<StripeWebhooks>();
        services.AddSingleton<StripeCashier>();
        services.AddSingleton<StripeDisputes>();
        services.AddSingleton<IJournalled>(provider => provider.GetRequiredService<StripeDisputes>());
        services.AddSingleton<IJournalled>(provider => provider.GetRequiredService<StripeLedger>());
    }

    public static void Map(IEndpointRouteBuilder app)
    {
        var api = app.MapGroup("/v1").AddEndpointFilter(RequireKey).AddEndpointFilter(Suffer);
        api.MapPost("/payment_intents", (HttpContext http, StripeLedger ledger, StripeCashier cashier, TimeProvider clock) =>
            OnceAsync(http, ledger, form => CreateAsync(form, cashier, clock, http.RequestAborted)));
        api.MapGet("/payment_intents", (HttpContext http, StripeLedger ledger) =>
            List(http, ledger.Intents(), intent => intent.Id, intent => intent.Created, StripeViews.Of));
        api.MapGet("/payment_intents/{id}", (string id, StripeLedger ledger) =>
            ledger.Find(id) is { } intent ? Answer(StripeViews.Of(intent)) : Missing("payment_intent", id));
        api.MapPost("/payment_intents/{id}/confirm", (string id, HttpContext http, StripeLedger ledger, StripeCashier cashier) =>
            OnceAsync(http, ledger, form => Task.FromResult(Confirm(id, form, ledger, cashier))));
        api.MapPost("/payment_intents/{id}/cancel", (string id, HttpContext http, StripeLedger ledger, StripeCashier cashier) =>
            OnceAsync(http, ledger, _ => Task.FromResult(Cancel(id, ledger, cashier))));
        api.MapPost("/refunds", (HttpContext http, StripeLedger ledger, StripeCashier cashier, TimeProvider clock) =>
            OnceAsync(http, ledger, form => RefundAsync(form, ledger, cashier, clock, http.RequestAborted)));
        api.MapGet("/refunds", (HttpContext http, StripeLedger ledger) =>
            List(http, RefundsOf(http, ledger), refund => refund.Id, refund => refund.Created, StripeViews.Of));
        api.MapGet("/disputes", (HttpContext http, StripeDisputes disputes) =>
            List(http, disputes.All(), dispute => dispute.Id, dispute => dispute.Created, StripeViews.Of));
        api.MapGet("/disputes/{id}", (string id, StripeDisputes disputes) =>
            disputes.Find(id) is { } dispute ? Answer(StripeViews.Of(dispute)) : Missing("dispute", id));
        api.MapGet("/refunds/{id}", (string id, StripeLedger ledger) =>
            ledger.FindRefund(id) is { } refund ? Answer(StripeViews.Of(refund)) : Missing("refund", id));
    }

    private static (int Status, object Body) Confirm(string id, IFormCollection form, StripeLedger ledger, StripeCashier cashier)
    {
        if (cashier.Confirm(id, form["payment_method"].FirstOrDefault()) is not { } moved)
            return NotOpen(id, ledger);
        return moved.LastError is { } declined ? Refusal(402, declined) : (200, StripeViews.Of(moved));
    }

    private static async Task<(int Status, object Body)> CreateAsync(
        IFormCollection form, StripeCashier cashier, TimeProvider clock, CancellationToken ct)
    {
        if (!long.TryParse(form["amount"], NumberStyles.None, CultureInfo.InvariantCulture, out var amount))
            return Refusal(400, new("invalid_request_error", "parameter_missing", "Missing required param: amount."));
        if (form["currency"] != "xaf")
            return Refusal(400, new("invalid_request_error", "parameter_invalid_empty", "This account is charged in xaf."));
        if (amount is < 300 or > 99_999_999)
            return Refusal(
                400, new("invalid_request_error", amount < 300 ? "amount_too_small" : "amount_too_large", "Amount out of range."));
        var id = $"pi_{Guid.NewGuid():N}";
        var draft = new StripeIntent(id, $"{id}_secret_{Guid.NewGuid():N}", amount, "xaf", clock.GetUtcNow())
        {
            Description = form["description"].FirstOrDefault(),
            Metadata = MetadataOf(form)
        };
        return (200, StripeViews.Of(await cashier.OpenAsync(draft, ct)));
    }

    private static (int Status, object Body) Cancel(string id, StripeLedger ledger, StripeCashier cashier) =>
        cashier.Cancel(id) is { } cancelled ? (200, StripeViews.Of(cancelled)) : NotOpen(id, ledger);

    private static async Task<(int Status, object Body)> RefundAsync(
        IFormCollection form, StripeLedger ledger, StripeCashier cashier, TimeProvider clock, CancellationToken ct)
    {
        if (ledger.Find(form["payment_intent"].ToString()) is not { Status: "succeeded" } intent)
            return Refusal(400, new("invalid_request_error", "resource_missing", "There is no succeeded charge to refund."));
        var amount = long.TryParse(form["amount"], NumberStyles.None, CultureInfo.InvariantCulture, out var part) ? part : intent.Received;
        var draft = new StripeRefund($"re_{Guid.NewGuid():N}", intent.Id, amount, intent.Currency, clock.GetUtcNow())
        {
            Order = intent.Order,
            Metadata = MetadataOf(form)
        };
        return await cashier.RefundAsync(draft, ct) is { } refund
            ? (200, StripeViews.Of(refund))
            : Refusal(400, new("invalid_request_error", "charge_already_refunded", "Refund amount is greater than what is left."));
    }

    private static (int Status, object Body) NotOpen(string id, StripeLedger ledger) => ledger.Find(id) is { } intent
        ? Refusal(400, new("invalid_request_error", "payment_intent_unexpected_state", $"The intent is {intent.Status}."))
        : Refusal(404, new("invalid_request_error", "resource_missing", $"No such payment_intent: '{id}'"));

    private static (int Status, object Body) Failure => Refusal(500, new("api_error", "api_error", "An unknown error occurred."));

    // The first answer to a key is the answer, be it a failure; the same key with another request is a mistake.
    private static async Task<IResult> OnceAsync(
        HttpContext http, StripeLedger ledger, Func<IFormCollection, Task<(int Status, object Body)>> move)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var request = $"{http.Request.Path}?{string.Join('&', form.OrderBy(field => field.Key, StringComparer.Ordinal))}";
        var key = http.Request.Headers["Idempotency-Key"].ToString();
        if (key.Length > 0 && ledger.AnswerTo(key) is { } known)
        {
            http.Response.Headers["Idempotent-Replayed"] = "true";
            return known.Request == request
                ? Results.Text(known.Body, "application/json", statusCode: known.Status)
                : Answer(Refusal(400, new("idempotency_error", "idempotency_error", "The key was used with other parameters.")));
        }

        var suffers = http.RequestServices.GetRequiredService<StripeFaults>().Of(http, form);
        var (status, body) = suffers(AnswerFaults.Error500) ? Failure : await move(form);
        if (suffers(StripeFaults.DoneWithError500))
            (status, body) = Failure;
        if (key.Length > 0)
            ledger.Remember(key, request, status, StripeViews.Text(body));
        return Answer((status, body));
    }

    private static IResult List<T>(
        HttpContext http, IReadOnlyList<T> all, Func<T, string> id, Func<T, DateTimeOffset> created, Func<T, object> view)
    {
        var query = http.Request.Query;
        var since = long.TryParse(query["created[gte]"], CultureInfo.InvariantCulture, out var from) ? from : 0;
        var limit = int.TryParse(query["limit"], CultureInfo.InvariantCulture, out var count) ? Math.Clamp(count, 1, 100) : 10;
        var after = query["starting_after"].ToString();
        var rows = all.Where(row => created(row).ToUnixTimeSeconds() >= since).ToList();
        var rest = after.Length == 0 ? rows : [.. rows.SkipWhile(row => id(row) != after).Skip(1)];
        return Answer(StripeViews.List(http.Request.Path, [.. rest.Take(limit).Select(view)], rest.Count > limit));
    }

    private static IReadOnlyList<StripeRefund> RefundsOf(HttpContext http, StripeLedger ledger) =>
        http.Request.Query["payment_intent"].ToString() is { Length: > 0 } intent
            ? [.. ledger.Refunds().Where(refund => refund.Intent == intent)]
            : ledger.Refunds();

    private static Dictionary<string, string> MetadataOf(IFormCollection form) => form
        .Where(field => field.Key.StartsWith("metadata[", StringComparison.Ordinal))
        .ToDictionary(field => field.Key[9..^1], field => field.Value.ToString());

    private static (int Status, object Body) Refusal(int status, StripeError error) => (status, new { Error = StripeViews.Of(error) });

    private static IResult Missing(string what, string id) =>
        Answer(Refusal(404, new("invalid_request_error", "resource_missing", $"No such {what}: '{id}'")));

    private static IResult Answer((int Status, object Body) answer) =>
        Results.Text(StripeViews.Text(answer.Body), "application/json", statusCode: answer.Status);

    private static IResult Answer(object body) => Answer((200, body));

    private static async ValueTask<object?> RequireKey(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var options = http.RequestServices.GetRequiredService<StripeOptions>();
        return http.Request.Headers.Authorization == $"Bearer {options.SecretKey}"
            ? await next(context)
            : Answer(Refusal(401, new("invalid_request_error", "api_key_invalid", "Invalid API Key provided.")));
    }

    private static async ValueTask<object?> Suffer(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        await context.HttpContext.RequestServices.GetRequiredService<StripeFaults>()
            .AroundAsync(context.HttpContext, async () => (IResult)(await next(context))!);
}
