namespace EatFast.ProviderSimulator.Providers.CamPay;

/// <summary>CamPay's refusals: its own numbered ones, and those of the web framework beneath it.</summary>
internal static class CamPayErrors
{
    public static IResult InvalidToken() =>
        CamPayJson.Answer(new { Detail = "Invalid token." }, StatusCodes.Status401Unauthorized);

    public static IResult WithdrawalsDisabled() =>
        CamPayJson.Answer(new { Detail = "API withdrawals are not allowed for this app." }, StatusCodes.Status403Forbidden);

    public static IResult NotFound() => CamPayJson.Answer(new { Detail = "Not found." }, StatusCodes.Status404NotFound);

    public static IResult UnknownTransaction() =>
        CamPayJson.Answer(new { Message = "transaction not found" }, StatusCodes.Status404NotFound);

    public static IResult Unparsable() => CamPayJson.Answer(new { Detail = "JSON parse error" }, StatusCodes.Status400BadRequest);

    public static IResult Field(string name, string complaint) =>
        CamPayJson.Answer(new Dictionary<string, string[]> { [name] = [complaint] }, StatusCodes.Status400BadRequest);

    public static IResult Required(string name) => Field(name, "This field is required.");

    public static IResult InvalidPhone() => Numbered("ER101", "Invalid phone number");

    public static IResult UnsupportedCarrier() =>
        Numbered("ER102", "Unsupported phone number carrier. We currently accept MTN and Orange");

    public static IResult InvalidAmount() => Numbered("ER201", "Invalid amount. Decimal numbers not allowed");

    public static IResult TooLittle(Operator carrier) =>
        Numbered("ER201", $"Minimum amount for {carrier.Name} is {CamPayView.Decimals(carrier.MinimumXaf)}");

    public static IResult TooMuch(long maximumXaf) => Numbered("ER201", $"Maximum amount is {CamPayView.Decimals(maximumXaf)}");

    public static IResult NotEnoughFloat() => Numbered("ER301", "Insufficient balance");

    // The firewall in front of CamPay refuses anything that looks like a tag.
    public static IResult MaliciousPayload() => Numbered("malicious_payload_rejected", "Malicious payload rejected");

    private static IResult Numbered(string code, string message) =>
        CamPayJson.Answer(new { Message = message, ErrorCode = code }, StatusCodes.Status400BadRequest);
}
