using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using EatFast.Identity.Contracts;
using EatFast.Ordering.Clients;
using EatFast.Ordering.Domain;
using EatFast.Payments.Contracts;
using EatFast.Security;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace EatFast.Ordering.Tests.Features;

public sealed class FollowTierTests(OrderingSystem system)
{
    private readonly Guid _customer = Guid.NewGuid();

    [Fact]
    public async Task The_latest_state_holds_in_whatever_order_and_however_often_it_is_told()
    {
        await system.Ordering.DeliverAsync(Told("silver", 5, false, version: 3), times: 2);
        await system.Ordering.DeliverAsync(Told("gold", 10, true, version: 5), times: 2);
        await system.Ordering.DeliverAsync(Told("platinum", 15, true, version: 4));
        await system.Ordering.DeliverAsync(Told("bronze", 0, false, version: 5));

        Assert.Equal(("gold", 10, true, 5), await KnownAsync());
    }

    [Fact]
    public async Task News_from_before_benefits_were_told_changes_nothing()
    {
        await system.Ordering.DeliverAsync(new PointsChanged(_customer, 10, "silver", 1, system.Clock.GetUtcNow()));
        Assert.Null(await KnownAsync());

        await system.Ordering.DeliverAsync(Told("gold", 10, true, version: 2));
        await system.Ordering.DeliverAsync(new PointsChanged(_customer, 10, "gold", 3, system.Clock.GetUtcNow()));

        Assert.Equal(("gold", 10, true, 2), await KnownAsync());
    }

    [Fact]
    public async Task Switched_off_a_tier_takes_nothing_off()
    {
        await system.Ordering.DeliverAsync(Told("gold", 10, true, version: 1));

        Assert.Equal(1_300, await LoyaltyAsync(isOn: true));
        Assert.Equal(0, await LoyaltyAsync(isOn: false));
    }

    [Fact]
    public async Task The_tier_is_exported_and_goes_with_its_customer()
    {
        await system.Ordering.DeliverAsync(Told("gold", 10, true, version: 1));
        await using var scope = system.Ordering.Services.CreateAsyncScope();
        var records = scope.ServiceProvider.GetRequiredService<IPersonalRecords>();

        var exported = JsonSerializer.Serialize(await records.ExportAsync(_customer, CancellationToken.None));
        var strangers = JsonSerializer.Serialize(await records.ExportAsync(Guid.NewGuid(), CancellationToken.None));
        await system.Ordering.DeliverAsync(new UserErased(_customer, system.Clock.GetUtcNow()), times: 2);

        Assert.Contains("\"Tier\":\"gold\"", exported, StringComparison.Ordinal);
        Assert.DoesNotContain("gold", strangers, StringComparison.Ordinal);
        Assert.Null(await KnownAsync());
    }

    [Fact]
    public async Task A_guest_who_has_an_account_now_leaves_no_tier_behind()
    {
        await system.Ordering.DeliverAsync(Told("silver", 5, false, version: 1));

        await system.Ordering.DeliverAsync(new GuestConverted(_customer, Guid.NewGuid(), system.Clock.GetUtcNow()), times: 2);

        Assert.Null(await KnownAsync());
    }

    [Fact]
    public async Task A_quote_from_before_tiers_counted_is_still_charged()
    {
        var order = Bodies.Order(system.Catalog.AddRestaurant().Id);
        var quote = await (await system.Customer(_customer).PostAsJsonAsync("/api/v1/orders/quote", order)).DataAsync();
        await system.Ordering.DeliverAsync(Told("gold", 10, true, version: 1));
        order["quoteToken"] = Older(quote["quoteToken"]!.GetValue<string>());

        var placed = await (await system.Customer(_customer).PostAsJsonAsync("/api/v1/orders", order)).DataAsync();

        Assert.Equal((0, 4_000), (placed["pricing"]!["loyaltyDiscount"]!.GetValue<long>(), placed["pricing"]!["total"]!.GetValue<long>()));
    }

    private PointsChanged Told(string tier, int percent, bool isFree, int version) =>
        new(_customer, 0, tier, version, system.Clock.GetUtcNow(), percent, isFree);

    private async Task<(string Tier, int Percent, bool IsFree, int Version)?> KnownAsync() =>
        await system.Ordering.WithDbAsync(db => db.CustomerTiers.SingleOrDefaultAsync(row => row.CustomerId == _customer)) is { } row
            ? (row.Tier, row.DiscountPercent, row.HasFreeDelivery, row.Version)
            : null;

    private async Task<long> LoyaltyAsync(bool isOn)
    {
        await using var scope = system.Ordering.Services.CreateAsyncScope();
        var options = Options.Create(new OrderingOptions { TierBenefits = isOn });
        var tiers = ActivatorUtilities.CreateInstance<TierBenefits>(scope.ServiceProvider, options);
        var checkout = ActivatorUtilities.CreateInstance<Checkout>(scope.ServiceProvider, tiers);
        var door = new DeliveryAddress("", "", null, null, null, 4.06, 9.71);
        var lines = new[] { new MenuLine(Guid.NewGuid(), 2, [], null) };
        var basket = new Basket(_customer, system.Catalog.AddRestaurant().Id, lines, door, PaymentMethods.Cash, null);
        return (await checkout.PriceAsync(basket, system.Clock.GetUtcNow(), CancellationToken.None)).Bill.LoyaltyXaf;
    }

    // As the version before would have signed it.
    private string Older(string token)
    {
        var body = JsonNode.Parse(WebEncoders.Base64UrlDecode(token.Split('.')[0]))!;
        Assert.True(body["Bill"]!.AsObject().Remove("LoyaltyXaf"));
        body["Bill"]!.AsObject().Remove("PromotionXaf");
        var bytes = Encoding.UTF8.GetBytes(body.ToJsonString());
        var secret = system.Ordering.Services.GetRequiredService<IConfiguration>().RequireSecret("Security:EncryptionKey");
        var signature = HMACSHA256.HashData(Secrets.DeriveKey(secret, "order quotes"), bytes);
        return $"{WebEncoders.Base64UrlEncode(bytes)}.{WebEncoders.Base64UrlEncode(signature)}";
    }
}
