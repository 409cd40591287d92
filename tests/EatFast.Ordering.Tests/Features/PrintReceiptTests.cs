using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace EatFast.Ordering.Tests.Features;

public sealed partial class PrintReceiptTests(OrderingSystem system)
{
    [Fact]
    public async Task A_paid_order_has_a_receipt_that_a_reader_can_open()
    {
        var order = await system.OrderAtAsync("confirmed");

        using var answer = await GetAsync(system.Customer(order.CustomerId), order.Id);

        var file = await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        var text = Encoding.Latin1.GetString(file);
        Assert.Equal("application/pdf", answer.Content.Headers.ContentType!.MediaType);
        Assert.StartsWith("%PDF-1.4", text, StringComparison.Ordinal);
        Assert.Contains("Reçu", text, StringComparison.Ordinal);
        Assert.Contains("mobile money \\(payé\\)", text, StringComparison.Ordinal);
        Assert.Matches(@"2 x Ndolé +3 000 XAF", text);
        Assert.Matches(@"Total +4 000 XAF", text);
        Assert.All(Places().Matches(text).Select((match, number) => (match, number)), place => Assert.StartsWith(
            $"{place.number + 1} 0 obj", text[int.Parse(place.match.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture)..], StringComparison.Ordinal));
    }

    [Fact]
    public async Task Unpaid_orders_have_none_and_strangers_see_none()
    {
        var unpaid = await system.OrderAtAsync("pending", released: null);
        var paid = await system.OrderAtAsync("confirmed");

        using var early = await GetAsync(system.Customer(unpaid.CustomerId), unpaid.Id);
        using var foreign = await GetAsync(system.Customer(Guid.NewGuid()), paid.Id);

        await early.AssertRefusedAsync(HttpStatusCode.Conflict, "RECEIPT_NOT_READY");
        await foreign.AssertRefusedAsync(HttpStatusCode.NotFound, "ORDER_NOT_FOUND");
    }

    private static Task<HttpResponseMessage> GetAsync(HttpClient client, Guid orderId) =>
        client.GetAsync(new Uri($"/api/v1/orders/{orderId}/receipt", UriKind.Relative));

    [GeneratedRegex(@"^(\d{10}) 00000 n ", RegexOptions.Multiline)]
    private static partial Regex Places();
}
