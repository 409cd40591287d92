using EatFast.Payments.Domain;
using EatFast.Testing;

namespace EatFast.Payments.Tests.Features;

/// <summary>Each provider is asked by itself.</summary>
public sealed class PollAttemptsTests(PaymentsSystem system)
{
    [Fact]
    public async Task A_provider_that_hangs_holds_up_no_other()
    {
        var (waiting, other) = (await system.APlacedOrderAsync(), await system.APlacedOrderAsync());
        var (phone, otherPhone) = (system.APhone(), system.APhone());
        await system.StartAsync(waiting, phone);
        await system.PayAsync(other, otherPhone, path: "noupay");
        await system.UntilAsync(waiting.OrderId, PaymentStatus.Processing);
        await system.UntilAsync(other.OrderId, PaymentStatus.Processing);
        using var hanging = new Hanging();
        system.Hang(hanging);
        try
        {
            await Eventually.AsTrue(() => hanging.Calls > 0, "the one that hangs is asked");
            await system.CamPay.DecideNouPayAsync(otherPhone);

            await system.UntilAsync(other.OrderId, PaymentStatus.Completed);
        }
        finally
        {
            hanging.LetGo();
            system.RestoreCamPay();
        }
        await system.CamPay.DecideAsync(phone);
        await system.UntilAsync(waiting.OrderId, PaymentStatus.Completed);
    }
}
