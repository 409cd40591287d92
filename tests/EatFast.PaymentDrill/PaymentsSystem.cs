using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using EatFast.Ordering.Contracts;
using EatFast.Payments.Data;
using EatFast.Payments.Domain;
using EatFast.Security;
using EatFast.Testing;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace EatFast.PaymentDrill;

/// <summary>The payments service on real stores, with the provider simulator as CamPay and a scripted Ordering.</summary>
public sealed class PaymentsSystem : TestSystem
{
    private int _phones;

    /// <summary>Of thousands of misfortunes nobody wants to read each.</summary>
    public bool IsQuiet { get; init; }

    public HostedService<PaymentsDbContext> Payments { get; private set; } = null!;

    public SimulatedCamPay CamPay { get; private set; } = null!;

    public OrderingStub Orders { get; } = new();

    public IdentityStub Identities { get; } = new();

    protected override IReadOnlyDictionary<string, string?> Settings => new Dictionary<string, string?>
    {
        // A connection for each statement would be what takes the time.
        ["ConnectionStrings:eatfast"] = new NpgsqlConnectionStringBuilder(OwnerConnection)
        {
            Username = "payments",
            Password = "payments-password",
            Pooling = true,
            MaxPoolSize = 30
        }.ConnectionString,
        ["Payments:CamPay:StatusCallsPerSecond"] = "300",
        ["Providers:ReadTimeout"] = "00:00:02",
        ["Providers:NouPay:BaseUrl"] = "http://noupay",
        // A busy machine may take its time.
        ["Payments:Risk:Patience"] = "00:00:04",
        ["Payments:Cash:DriverCeilingXaf"] = "50000",
        // Tests reconcile when they want to.
        ["Payments:Reconciliation:Every"] = "1.00:00:00",
        ["Payments:Reconciliation:Grace"] = "00:00:00",
        ["Logging:LogLevel:Default"] = IsQuiet ? "None" : "Warning"
    };

    protected override async Task HostAsync()
    {
        await EventSink.BindAsync(Broker);
        AddNeighbour("ordering", await Orders.StartAsync());
        AddNeighbour("identity", await Identities.StartAsync(Tokens));
        Payments = await AddServiceAsync<PaymentsDbContext>("payments");
        CamPay = new SimulatedCamPay(Payments.Server.CreateHandler(), Clock);
        RestoreCamPay();
        AddNeighbour("noupay", CamPay.Server.CreateHandler());
    }

    /// <summary>From now on no connection to CamPay comes about.</summary>
    public void CutCamPay() => AddNeighbour("simulator", new Unreachable());

    /// <summary>From now on CamPay takes calls and answers none.</summary>
    public void Hang(Hanging provider) => AddNeighbour("simulator", provider);

    public void RestoreCamPay() => AddNeighbour("simulator", CamPay.Server.CreateHandler());

    /// <summary>From now on somebody between us and CamPay says a charge again, as a new one, when its answer was lost.</summary>
    public void ChargeAgainWhenLost() => AddNeighbour("simulator", new RepeatingClient(CamPay.Server.CreateHandler()));

    /// <summary>A number that awaits its owner's decision and that no other test uses.</summary>
    public string APhone() => $"237670{Interlocked.Increment(ref _phones):D6}";

    public OrderPlaced AnOrder(string method = PaymentMethods.CamPay, long totalXaf = 5_500, Guid? customerId = null)
    {
        var orderId = Guid.CreateVersion7(Clock.GetUtcNow());
        var placed = new OrderPlaced(
            orderId,
            $"EF-{orderId.ToString()[^12..]}",
            customerId ?? Guid.NewGuid(),
            Guid.NewGuid(),
            Guid.NewGuid(),
            totalXaf,
            method,
            1,
            Clock.GetUtcNow());
        Orders.Know(placed);
        return placed;
    }

    public async Task<OrderPlaced> APlacedOrderAsync(string method = PaymentMethods.CamPay, long totalXaf = 5_500, Guid? customerId = null)
    {
        var placed = AnOrder(method, totalXaf, customerId);
        await Payments.DeliverAsync(placed);
        return placed;
    }

    /// <summary>Somebody whose wallet was filled through the provider.</summary>
    public async Task<Guid> ACustomerWithAsync(long amountXaf)
    {
        var customerId = Guid.NewGuid();
        var answer = await SendAsync(customerId, "wallet/topup", new { amount = amountXaf, phoneNumber = SimulatedCamPay.GoodMtn });
        answer.RequireStatus(HttpStatusCode.Accepted);
        await Eventually.AsTrue(async () => await WalletAsync(customerId) == amountXaf, "the wallet was filled");
        return customerId;
    }

    public Task<long> WalletAsync(Guid ownerId, string account = Accounts.Wallet) => Payments.WithDbAsync(db => db.Wallets
        .Where(wallet => wallet.Account == account && wallet.OwnerId == ownerId).Select(wallet => wallet.BalanceXaf).SingleOrDefaultAsync());

    /// <summary>A paid order, out of the pocket of a payer with a number of its own.</summary>
    public async Task<(OrderPlaced Order, string Phone)> APaidOrderAsync(long totalXaf = 5_500)
    {
        var order = await APlacedOrderAsync(totalXaf: totalXaf);
        var phone = APhone();
        await StartAsync(order, phone);
        await CamPay.DecideAsync(phone);
        await this.UntilAsync(order.OrderId, PaymentStatus.Completed);
        return (order, phone);
    }

    public async Task<HttpResponseMessage> SendAsync(
        Guid userId, string path, object? body = null, string role = Roles.Customer, string? key = null, HttpMethod? method = null)
    {
        using var client = ClientOf("payments", userId, role);
        using var request = new HttpRequestMessage(method ?? (body is null ? HttpMethod.Get : HttpMethod.Post), $"/api/v1/{path}");
        request.Content = body is null ? null : JsonContent.Create(body);
        if (key is not null)
            request.Headers.Add("Idempotency-Key", key);
        return await client.SendAsync(request);
    }

    public Task<HttpResponseMessage> PayAsync(OrderPlaced order, string phone, string path = "process", string? key = null) =>
        PostAsync(order.CustomerId, path, new { orderId = order.OrderId, method = "campay", phone }, key);

    public async Task<HttpResponseMessage> PostAsync(Guid userId, string path, object body, string? key = null)
    {
        using var client = ClientOf("payments", userId);
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/payments/{path}") { Content = JsonContent.Create(body) };
        if (key is not null)
            request.Headers.Add("Idempotency-Key", key);
        return await client.SendAsync(request);
    }

    public async Task<Guid> StartAsync(OrderPlaced order, string phone)
    {
        var answer = await PayAsync(order, phone);
        answer.RequireStatus(HttpStatusCode.Accepted);
        return (await answer.DataAsync()).GetProperty("paymentId").GetGuid();
    }

    private sealed class Unreachable : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            throw new HttpRequestException(HttpRequestError.ConnectionError);
    }
}

internal static class Answers
{
    public static void RequireStatus(this HttpResponseMessage answer, HttpStatusCode expected)
    {
        if (answer.StatusCode != expected)
            throw new InvalidOperationException($"Answered {(int)answer.StatusCode} instead of {(int)expected}.");
    }

    public static async Task<JsonElement> DataAsync(this HttpResponseMessage answer) =>
        (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("data");

    public static async Task<string?> CodeAsync(this HttpResponseMessage answer) =>
        (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("error_code").GetString();
}
