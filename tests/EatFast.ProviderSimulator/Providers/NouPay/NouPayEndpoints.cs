using System.Globalization;
using System.Text.Json;
using EatFast.ProviderSimulator.Http;
using EatFast.ProviderSimulator.Providers.CamPay;
using EatFast.ProviderSimulator.State;

namespace EatFast.ProviderSimulator.Providers.NouPay;

/// <summary>NouPay's one path, with its two operations; the outcome stands in the body's response, whatever the HTTP status says.</summary>
internal static class NouPayEndpoints
{
    public const string Provider = "noupay";

    // It has no webhook that could go wrong: instead, asking brings the outcome later than it came about, or never.
    public const string OutcomeLate = "outcome_late";
    public const string OutcomeNever = "outcome_never";

    public static readonly IReadOnlyList<string> Kinds = [.. AnswerFaults.Kinds, MovementFaults.OtherAmount, OutcomeLate, OutcomeNever];

    public static readonly IReadOnlyList<string> Endpoints = ["initiate", "verify"];

    public static void AddNouPay(this IServiceCollection services)
    {
        services.AddSingleton<NouPayLedger>();
        services.AddSingleton<IJournalled>(provider => provider.GetRequiredService<NouPayLedger>());
        services.AddSingleton<ITimed>(provider => provider.GetRequiredService<NouPayLedger>());
    }

    public static void Map(IEndpointRouteBuilder app) => app.MapPost("/pay", HandleAsync);

    private static async Task<IResult> HandleAsync(
        HttpContext http, NouPayLedger ledger, FaultBoard board, CamPayOptions options, Operators operators, TimeProvider clock)
    {
        if (await JsonInput.ReadObjectAsync(http.Request, http.RequestAborted) is not { } body)
            return Error(StatusCodes.Status400BadRequest, "INVALID_PARAMETER", "The body is not a JSON object.");
        if (http.Request.Headers["Noupia-API-Key"] != "noupay-sim-key" || http.Request.Headers["Noupia-Product-Key"] != "noupay-sim-product"
            || http.Request.Headers["Noupia-API-Signature"] != "np-live")
            return Error(StatusCodes.Status401Unauthorized, "INVALID_KEYS", "Unknown developer or product key.");
        var phone = $"237{body.Text("phone")}";
        var operation = body.Text("operation") ?? "";
        if (operation == "initiate")
            ScriptedFaults.Order(http, board, Provider, phone, operation, Kinds);
        var about = operation == "verify" ? ledger.Find(body.Text("transaction") ?? "")?.Phone ?? "" : phone;
        return await new AnswerFaults(options.HangMs, options.SlowAnswerMs, clock).AroundAsync(
            http,
            kind => board.Take(Provider, about, operation, kind, mustBeNamed: operation == "verify"),
            () => Task.FromResult(operation switch
            {
                "initiate" => Initiate(body, phone, ledger, board, options, operators, clock.GetUtcNow()),
                "verify" => Verify(body, ledger, clock.GetUtcNow()),
                _ => Error(StatusCodes.Status400BadRequest, "INVALID_PARAMETER", "operation is initiate or verify.")
            }));
    }

    private static IResult Initiate(
        JsonElement body, string phone, NouPayLedger ledger, FaultBoard board, CamPayOptions options, Operators operators, DateTimeOffset now)
    {
        if (body.Text("reference") is not { Length: > 0 and <= 30 } reference || !reference.All(char.IsAsciiLetterOrDigit))
            return Error(StatusCodes.Status400BadRequest, "INVALID_PARAMETER", "reference has 1 to 30 letters and digits.");
        if (!long.TryParse(body.Text("amount"), NumberStyles.None, CultureInfo.InvariantCulture, out var amount)
            || amount < 100 || amount % 5 != 0)
            return Error(StatusCodes.Status400BadRequest, "INVALID_PARAMETER", "amount is a multiple of 5 from 100.");
        if (!Operators.IsNumber(phone) || operators.Of(phone) is not { } carrier)
            return Error(StatusCodes.Status400BadRequest, "ERROR_UNKNOWN_OPERATOR", "No mobile money behind this number.");
        var outcome = Operators.TestOutcome(phone);
        var isOther = Strikes(MovementFaults.OtherAmount);
        var (isLate, isNever) = (Strikes(OutcomeLate), Strikes(OutcomeNever));
        var opened = ledger.Open(transaction => new NouPayTransaction(transaction, reference, phone, amount, now)
        {
            PaidXaf = isOther ? amount / 2 : amount,
            Description = body.Text("description") ?? "",
            AwaitsPerson = outcome is null,
            ToldAfterMs = isLate ? options.LateWebhookMs : 0,
            IsNeverTold = isNever,
            PlannedStatus = outcome is true ? NouPayStatus.Successful : NouPayStatus.Failed,
            DecidesAt = now.AddMilliseconds(outcome is null ? options.PromptExpiresAfterMs : options.DecideAfterMs)
        });
        return Success(StatusCodes.Status201Created, new
        {
            transaction = opened.Transaction,
            channel_ussd = carrier.UssdCode,
            channel_name = carrier.Name,
            amount,
            fee = 0,
            currency = "XAF"
        });

        bool Strikes(string kind) => board.Take(Provider, phone, "initiate", kind);
    }

    private static IResult Verify(JsonElement body, NouPayLedger ledger, DateTimeOffset now) => ledger.Find(body.Text("transaction") ?? "") is { } known
        ? Success(StatusCodes.Status200OK, new
        {
            transaction = known.Transaction,
            type = "collection",
            status = known.StatusToldAt(now),
            amount = $"{known.PaidXaf}",
            fee = "0",
            currency = "XAF",
            reference = known.Reference,
            description = known.Description,
            method = "mobilemoney",
            country = "CM"
        })
        : Error(StatusCodes.Status404NotFound, "INVALID_PARAMETER", "Unknown transaction.");

    private static IResult Success(int status, object data) =>
        Results.Json(new { response = "success", code = "OPERATION_SUCCESSFUL", message = "Done.", data }, statusCode: status);

    private static IResult Error(int status, string code, string message) =>
        Results.Json(new { response = "error", code, message }, statusCode: status);
}
