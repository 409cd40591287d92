using System.Globalization;
using EatFast.Errors;
using EatFast.Http;
using EatFast.Ordering.Data;
using EatFast.Ordering.Domain;
using EatFast.Security;
using Microsoft.AspNetCore.Http.HttpResults;

namespace EatFast.Ordering.Features;

/// <summary>A paid order on paper, for everybody who may see the order; what is not paid has no receipt yet.</summary>
internal static class PrintReceipt
{
    private static readonly TimeSpan Local = TimeSpan.FromHours(1);
    private static readonly NumberFormatInfo Francs = new() { NumberGroupSeparator = " ", NumberDecimalDigits = 0 };

    public static void Map(IEndpointRouteBuilder orders) => orders
        .MapGet("/{orderId:guid}/receipt", Handle)
        .WithName(nameof(PrintReceipt))
        .WithSummary("The receipt as PDF")
        .Produces<byte[]>(contentType: "application/pdf")
        .ProducesProblem(404);

    internal static async Task<FileContentHttpResult> Handle(
        Guid orderId, HttpContext http, CurrentUser user, OrderingDbContext db, CancellationToken ct)
    {
        var order = await db.RequireOrderAsync(orderId, user, ct);
        if (order.PaymentStatus is PaymentStatus.Pending or PaymentStatus.Failed)
            throw new RuleViolatedException("RECEIPT_NOT_READY");
        var language = Language.Of(http);
        List<PdfLine> lines = [.. HeadOf(order, Say), .. DishesOf(order), .. BillOf(order.Pricing, Say)];
        return TypedResults.File(TextPdf.Of(lines), "application/pdf", $"EatFast-{order.OrderNumber}.pdf");

        string Say(string word) => Texts.Say($"receipt.{word}", language);
    }

    private static List<PdfLine> HeadOf(Order order, Func<string, string> say)
    {
        var (seller, door) = (order.Restaurant, order.Address);
        return
        [
            new($"EatFast - {say("title")}", IsBold: true),
            new(""),
            new(seller.Name, IsBold: true),
            new($"{seller.Street}, {seller.District}, {seller.City} - {seller.Phone}"),
            new(""),
            new($"{say("order")} {order.OrderNumber}"),
            new($"{say("date")}: {order.CreatedAt.ToOffset(Local).ToString("dd/MM/yyyy HH:mm", CultureInfo.InvariantCulture)}"),
            new($"{say("payment")}: {say($"method_{order.PaymentMethod}")} ({say($"status_{order.PaymentStatus}")})"),
            new($"{say("to")}: {door.Street}, {door.City}"),
            new("")
        ];
    }

    private static IEnumerable<PdfLine> DishesOf(Order order) => order.Items.OrderBy(item => item.Position).SelectMany(item =>
        item.Customizations.Select(choice => new PdfLine($"    {choice.OptionName}: {choice.ValueName}"))
            .Prepend(new PdfLine($"{item.Quantity} x {item.Name}", Amount(item.TotalPriceXaf))));

    private static IEnumerable<PdfLine> BillOf(Pricing bill, Func<string, string> say)
    {
        yield return new("");
        yield return new(say("subtotal"), Amount(bill.SubtotalXaf));
        yield return new(say("delivery"), Amount(bill.DeliveryFeeXaf));
        (string Word, long Xaf)[] extras =
        [
            (say("service"), bill.ServiceFeeXaf), (say("tax"), bill.TaxXaf), (say("discount"), -bill.PromotionXaf),
            (say("loyalty"), -bill.LoyaltyXaf), (say("tip"), bill.TipXaf)
        ];
        foreach (var (word, xaf) in extras.Where(extra => extra.Xaf != 0))
            yield return new(word, Amount(xaf));
        yield return new(say("total"), Amount(bill.TotalXaf), IsBold: true);
    }

    private static string Amount(long xaf) => $"{xaf.ToString("N", Francs)} XAF";
}
