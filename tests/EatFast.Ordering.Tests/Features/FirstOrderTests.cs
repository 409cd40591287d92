using System.Net;
using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Ordering.Tests.Features;

public sealed class FirstOrderTests(OrderingSystem system)
{
    [Fact]
    public async Task Of_several_first_order_codes_at_once_one_passes()
    {
        var codes = new List<string>();
        for (var count = 0; count < 6; count++)
            codes.Add(await MakeAsync());
        var customer = Guid.NewGuid();

        var answers = await Task.WhenAll(codes.Select(code => PlaceAsync(customer, code)));

        Assert.Equal(1, answers.Count(answer => answer.StatusCode == HttpStatusCode.Created));
        Assert.Equal(5, answers.Count(answer => answer.StatusCode == HttpStatusCode.UnprocessableEntity));
    }

    [Fact]
    public async Task Beside_a_plain_order_a_first_order_code_passes_only_if_it_came_first()
    {
        for (var round = 0; round < 8; round++)
        {
            var (code, customer) = (await MakeAsync(), Guid.NewGuid());

            var plain = PlaceAsync(customer, null);
            var reduced = PlaceAsync(customer, code);
            var numbers = new[] { await NumberAsync(await plain), await NumberAsync(await reduced) };

            Assert.NotNull(numbers[0]);
            if (numbers[1] is { } first)
                Assert.True(first < numbers[0], "a first-order code passed behind another order");
        }
    }

    // Transactions are numbered by their first write, which each order makes when its turn has come.
    private async Task<long?> NumberAsync(HttpResponseMessage answer)
    {
        if (answer.StatusCode != HttpStatusCode.Created)
            return null;
        var id = (await answer.DataAsync())["orderId"]!.GetValue<Guid>();
        return await system.Ordering.WithDbAsync(db => db.Database.SqlQuery<long>(
            $"SELECT xmin::text::bigint AS \"Value\" FROM ordering.order_events WHERE order_id = {id}").FirstAsync());
    }

    private async Task<string> MakeAsync()
    {
        var code = $"F{Guid.NewGuid():N}"[..20];
        (await system.Admin().PostAsJsonAsync("/api/v1/admin/promotions", Bodies.Promotion(code, system.Clock.GetUtcNow(), isFirstTimeOnly: true)))
            .EnsureSuccessStatusCode();
        return code;
    }

    private Task<HttpResponseMessage> PlaceAsync(Guid customer, string? code)
    {
        var body = Bodies.Order(system.Catalog.AddRestaurant().Id);
        if (code is not null)
            body["promoCode"] = code;
        return system.Customer(customer).PostAsJsonAsync("/api/v1/orders", body);
    }
}
