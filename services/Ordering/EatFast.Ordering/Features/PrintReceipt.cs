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
        var lines = Language.Of(http) == Language.English ? LinesOf(order, English) : LinesOf(order, French);
        return TypedResults.File(TextPdf.Of(lines), "application/pdf", $"EatFast-{order.OrderNumber}.pdf");
    }

    private sealed record Words(
        string Title, string Order, string Date, string Payment, string Subtotal, string Delivery, string Service, string Tax, string Discount,
        string Tip, string Total, string To);

    private static readonly Words French = new(
        "Reçu", "Commande", "Date", "Paiement", "Sous-total", "Livraison", "Frais de service", "Taxes", "Remise", "Pourboire", "Total", "Livré à");

    private static readonly Words English = new(
        "Receipt", "Order", "Date", "Payment", "Subtotal", "Delivery", "Service fee", "Tax", "Discount", "Tip", "Total", "Delivered to");

    private static List<PdfLine> LinesOf(Order order, Words words)
    {
        var (bill, seller, door) = (order.Pricing, order.Restaurant, order.Address);
        List<PdfLine> lines =
        [
            new($"EatFast - {words.Title}", IsBold: true),
            new(""),
            new(seller.Name, IsBold: true),
            new($"{seller.Street}, {seller.District}, {seller.City} - {seller.Phone}"),
            new(""),
            new($"{words.Order} {order.OrderNumber}"),
            new($"{words.Date}: {order.CreatedAt.ToOffset(Local).ToString("dd/MM/yyyy HH:mm", CultureInfo.InvariantCulture)}"),
            new($"{words.Payment}: {order.PaymentMethod} ({order.PaymentStatus})"),
            new($"{words.To}: {door.Street}, {door.City}"),
            new("")
        ];
        foreach (var item in order.Items.OrderBy(item => item.Position))
        {
            lines.Add(new($"{item.Quantity} x {item.Name}", Amount(item.TotalPriceXaf)));
            lines.AddRange(item.Customizations.Select(choice => new PdfLine($"    {choice.OptionName}: {choice.ValueName}")));
        }
        lines.AddRange([new(""), new(words.Subtotal, Amount(bill.SubtotalXaf)), new(words.Delivery, Amount(bill.DeliveryFeeXaf))]);
        AddUnlessZero(words.Service, bill.ServiceFeeXaf);
        AddUnlessZero(words.Tax, bill.TaxXaf);
        AddUnlessZero(words.Discount, -bill.DiscountXaf);
        AddUnlessZero(words.Tip, bill.TipXaf);
        lines.Add(new(words.Total, Amount(bill.TotalXaf), IsBold: true));
        return lines;

        void AddUnlessZero(string word, long amount)
        {
            if (amount != 0)
                lines.Add(new(word, Amount(amount)));
        }
    }

    private static string Amount(long xaf) => $"{xaf.ToString("N", Francs)} XAF";
}
