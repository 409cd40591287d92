using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace EatFast.Payments.Tests.Features;

public sealed class PaymentInputTests(PaymentsSystem system)
{
    private const string Order = "\"orderId\":\"0199a000-0000-7000-8000-000000000001\"";

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("{}")]
    [InlineData("{\"orderId\":\"x\",\"method\":\"cash\"}")]
    [InlineData("{\"orderId\":\"00000000-0000-0000-0000-000000000000\",\"method\":\"cash\"}")]
    [InlineData("{" + Order + "}")]
    [InlineData("{" + Order + ",\"method\":\"gold\"}")]
    [InlineData("{" + Order + ",\"method\":7}")]
    [InlineData("{" + Order + ",\"method\":\"cash\",\"amount\":\"12\"}")]
    [InlineData("{" + Order + ",\"method\":\"cash\",\"amount\":1e999}")]
    [InlineData("{" + Order + ",\"method\":\"cash\",\"amount\":0}")]
    [InlineData("{" + Order + ",\"method\":\"cash\",\"amount\":-5500}")]
    [InlineData("{" + Order + ",\"method\":\"cash\",\"currency\":\"EUR\"}")]
    [InlineData("{" + Order + ",\"method\":\"campay\"}")]
    [InlineData("{" + Order + ",\"method\":\"campay\",\"phone\":\"123\"}")]
    [InlineData("{" + Order + ",\"method\":\"campay\",\"phone\":\"+33612345678\"}")]
    [InlineData("{" + Order + ",\"method\":\"campay\",\"phone\":\"67777777\\u0000\"}")]
    public async Task Wrong_bodies_are_refused(string body)
    {
        foreach (var path in new[] { "process", "create-intent" })
        {
            if (path == "create-intent" && body == "{" + Order + "}")
                continue;
            using var client = system.ClientOf("payments", Guid.NewGuid());
            var answer = await client.PostAsync($"/api/v1/payments/{path}", new StringContent(body, Encoding.UTF8, "application/json"));
            Assert.Equal(400, (int)answer.StatusCode);
            Assert.Equal("VALIDATION_ERROR", await answer.CodeAsync());
        }
    }

    [Fact]
    public async Task A_wrong_phone_is_named_as_the_field()
    {
        var answer = await system.PostAsync(Guid.NewGuid(), "campay", new { orderId = Guid.NewGuid(), phone = "12" });

        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal(400, (int)answer.StatusCode);
        Assert.True(problem.GetProperty("field_errors").TryGetProperty("phone", out _), problem.ToString());
    }

    [Fact]
    public async Task Extras_and_older_words_of_the_clients_are_understood()
    {
        var order = await system.APlacedOrderAsync();
        var phone = system.APhone();

        var answer = await system.PostAsync(
            order.CustomerId,
            "create-intent",
            new { orderId = order.OrderId, paymentMethod = "mtn", phoneNumber = phone, amount = 1, currency = "xaf", metadata = new { } });

        Assert.Equal(202, (int)answer.StatusCode);
        Assert.Equal(5_500, (await answer.DataAsync()).GetProperty("amount").GetInt64());
    }
}
