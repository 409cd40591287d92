using System.Globalization;
using EatFast.ProviderSimulator.Http;

namespace EatFast.ProviderSimulator.Providers.CamPay;

/// <summary>The statement for reconciliation, by days of Douala; it leaves out what is pending and every external reference.</summary>
internal static class ListHistory
{
    private static readonly TimeSpan Douala = TimeSpan.FromHours(1);

    public static async Task<IResult> Handle(HttpContext http, CamPayLedger ledger)
    {
        if (await JsonInput.ReadObjectAsync(http.Request, http.RequestAborted) is not { } body)
            return CamPayErrors.Unparsable();
        var days = new Dictionary<string, DateOnly>();
        foreach (var name in new[] { "start_date", "end_date" })
        {
            if (body.Field(name) is null)
                return CamPayErrors.Required(name);
            if (!DateOnly.TryParseExact(body.Text(name), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
                return CamPayErrors.Field(name, "Date has wrong format. Use one of these formats instead: YYYY-MM-DD.");
            days[name] = day;
        }

        var rows = ledger.All()
            .Where(transaction => !transaction.IsPending)
            .Where(transaction => DayOf(transaction) >= days["start_date"] && DayOf(transaction) <= days["end_date"])
            .Select(Row);
        return CamPayJson.Answer(new { Data = rows });
    }

    private static DateOnly DayOf(CamPayTransaction transaction) => DateOnly.FromDateTime(transaction.CreatedAt.ToOffset(Douala).DateTime);

    private static object Row(CamPayTransaction transaction)
    {
        var isSuccessful = transaction.Status == CamPayStatus.Successful;
        return new
        {
            Datetime = transaction.CreatedAt.ToOffset(Douala),
            transaction.Code,
            OperatorTxCode = transaction.OperatorReference.Length == 0 ? null : transaction.OperatorReference,
            transaction.Operator,
            PhoneNumber = transaction.Phone,
            transaction.Description,
            transaction.ExternalUser,
            Amount = CamPayView.Decimals(transaction.AmountXaf),
            ChargeAmount = CamPayView.Decimals(isSuccessful ? transaction.FeeXaf : 0),
            Debit = CamPayView.Decimals(isSuccessful && !transaction.IsCollect ? transaction.AppAmountXaf : 0),
            Credit = CamPayView.Decimals(isSuccessful && transaction.IsCollect ? transaction.AppAmountXaf : 0),
            transaction.Status,
            ReferenceUuid = transaction.Reference,
        };
    }
}
