using System.Net.Http.Json;
using EatFast.Payments.Clients;
using EatFast.Payments.Domain;
using EatFast.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace EatFast.Payments.Tests.Features;

public sealed class ReceiveCamPayWebhookTests(PaymentsSystem system)
{
    private const string Known =
        "eyJhbGciOiJIUzI1NiIsImFwcCI6ImVhdGZhc3Qtc2ltIiwidHlwIjoiSldUIn0."
        + "eyJpYXQiOjE3MDAwMDAwMDAsIm5iZiI6MTcwMDAwMDAwMCwiZXhwIjoxNzAwMDAzNjAwLCJzb3VyY2UiOiJDYW1QYXkifQ."
        + "73IVMLodBfXXdLYeTz-pKWRbFgPINBmwyGkaUlI0QAI";

    [Theory]
    [InlineData("{}")]
    [InlineData("not json")]
    [InlineData("{\"signature\":\"a.b.c\",\"reference\":\"r\",\"status\":\"SUCCESSFUL\"}")]
    [InlineData("{\"signature\":\"" + Known + "\",\"reference\":\"expired-one\",\"status\":\"SUCCESSFUL\"}")]
    public async Task Unproven_callers_change_nothing(string body)
    {
        using var client = system.ClientOf("payments");

        var answer = await client.PostAsync("/api/v1/webhooks/campay", new StringContent(body, null, "application/json"));

        Assert.Equal(401, (int)answer.StatusCode);
        Assert.Equal("INVALID_SIGNATURE", await answer.CodeAsync());
        Assert.False(await system.Payments.WithDbAsync(db =>
            db.WebhookEvents.AnyAsync(row => row.Reference == "r" || row.Reference == "expired-one")));
    }

    [Fact]
    public void A_signature_counts_for_its_hour_and_a_minute_of_skew()
    {
        var clock = new AdjustableClock();
        var signature = new CamPaySignature(system.Payments.Services.GetRequiredService<CamPayOptions>(), clock);
        clock.Advance(DateTimeOffset.FromUnixTimeSeconds(1_700_000_000) - clock.GetUtcNow());

        Assert.True(signature.IsGenuine(Known));
        Assert.False(signature.IsGenuine(Known[..^2] + "AA"));
        Assert.False(signature.IsGenuine(Known.Replace("HS256", "none", StringComparison.Ordinal) + "x"));
        clock.Advance(TimeSpan.FromSeconds(3_655));
        Assert.True(signature.IsGenuine(Known));
        clock.Advance(TimeSpan.FromSeconds(10));
        Assert.False(signature.IsGenuine(Known));
    }

    [Fact]
    public async Task A_genuine_webhook_that_lies_about_success_pays_nothing()
    {
        var order = await system.APlacedOrderAsync();
        await system.StartAsync(order, system.APhone());
        var attempt = Assert.Single((await system.UntilAsync(order.OrderId, PaymentStatus.Processing)).Attempts);
        var token = system.CamPay.Sign();
        using var client = system.ClientOf("payments");

        for (var copy = 0; copy < 2; copy++)
            (await client.PostAsJsonAsync("/api/v1/webhooks/campay", new
            {
                status = "SUCCESSFUL",
                reference = attempt.ProviderReference,
                external_reference = attempt.ExternalReference,
                amount = "5500.00",
                signature = token
            })).EnsureSuccessStatusCode();
        await system.UntilAsync(order.OrderId, row => row.Attempts[0].Version > attempt.Version, "CamPay was asked");

        Assert.Equal(PaymentStatus.Processing, (await system.PaymentOfAsync(order.OrderId)).Status);
        Assert.Equal(1, await system.Payments.WithDbAsync(db =>
            db.WebhookEvents.CountAsync(row => row.Reference == attempt.ProviderReference)));
    }
}
