using System.Diagnostics;
using CsCheck;
using EatFast.Delivery.Domain;
using EatFast.Ordering.Domain;
using EatFast.Ordering.Tests.Walk;
using EatFast.Payments.Domain;
using PaymentMethods = EatFast.Payments.Domain.PaymentMethods;

namespace EatFast.Ordering.Tests;

/// <summary>
/// Random people, times, messages and mishaps over the real domain objects. A failure prints the shortest walk found and its seed;
/// CsCheck_Seed repeats it, CsCheck_Iter makes it longer.
/// </summary>
public sealed class RandomWalkTests(ITestOutputHelper output)
{
    private const int Walks = 1_200;
    // Every deed, and those more often without which no order ever gets to the door.
    private static readonly Deed[] Deeds =
    [
        .. Enum.GetValues<Deed>(), .. Enumerable.Repeat(Deed.DeliverMessage, 8), .. Enumerable.Repeat(Deed.Ride, 5),
        Deed.PayByPhone, Deed.PayByPhone, Deed.Send, Deed.Send, Deed.Decide, Deed.Decide, Deed.Webhook, Deed.Poll, Deed.Poll, Deed.Poll,
        Deed.Confirm, Deed.Confirm, Deed.Confirm, Deed.Cook, Deed.Cook, Deed.Accept, Deed.Accept, Deed.Accept, Deed.WaitMinutes
    ];

    private static readonly Gen<Step> Steps = Gen.Select(Gen.Int[0, Deeds.Length - 1], Gen.Int[0, 199])
        .Select((deed, choice) => new Step(Deeds[deed], choice));

    [Fact]
    public void A_provider_that_takes_a_repeated_refund_for_a_new_one_would_be_noticed()
    {
        var found = Assert.ThrowsAny<Exception>(() => Gen.Select(Gen.Bool, Steps.Array[0, 200]).Sample(
            (isCash, walk) => Go(new World(isCash, keepsReferences: false), walk), iter: Walks, threads: 1));

        Assert.Contains("Assert.Equal", $"{found}", StringComparison.Ordinal);
    }

    private static World Go(World world, Step[] walk)
    {
        Array.ForEach(walk, world.Do);
        Ending.Reach(world, walk.Length);
        return world;
    }

    [Fact]
    public void A_hundred_thousand_random_steps_break_no_rule_and_lose_no_franc()
    {
        var (steps, ends, watch) = (0, new Dictionary<string, int>(), Stopwatch.StartNew());

        Gen.Select(Gen.Bool, Steps.Array[0, 200]).Sample(
            (isCash, walk) =>
            {
                var world = Go(new World(isCash), walk);
                steps += walk.Length;
                ends[world.Order.Status] = ends.GetValueOrDefault(world.Order.Status) + 1;
            },
            iter: Walks, threads: 1, print: walk => $"{(walk.Item1 ? "cash" : "campay")}: {string.Join(", ", walk.Item2)}");

        output.WriteLine($"{steps:N0} steps, {steps / watch.Elapsed.TotalSeconds:N0} per second; ended as {string.Join(", ", ends)}");
        Assert.InRange(steps, 100_000, int.MaxValue);
        string[] possible = [OrderStatus.Completed, OrderStatus.Cancelled, OrderStatus.Rejected, OrderStatus.Expired];
        Assert.Equal(possible.Order(), ends.Keys.Order());
    }
}

/// <summary>Lets an order come to its end: messages arrive, providers answer, timers run, and people do what is still theirs to do.</summary>
internal static class Ending
{
    public static void Reach(World world, int choice)
    {
        for (var round = 0; round < 60; round++)
        {
            while (!world.Post.IsEmpty)
                world.Post.Deliver(choice + round);
            if (world.Orders.HasEnded && world.Money is { Unsent.Count: 0, Provider.Pending.Count: 0 } && round > 50)
                break;
            Continue(world, choice);
            FinishPayments(world);
            world.Wait(TimeSpan.FromHours(1));
            world.Orders.RunTimers(world.Now);
        }
        Check(world);
    }

    private static void Continue(World world, int choice)
    {
        if (world.Order.Status is OrderStatus.Confirmed or OrderStatus.Preparing or OrderStatus.Ready && choice % 2 == 0)
            world.Orders.Change(order => order.Cancel(new Actor(ActorKind.Admin, null), "nobody came", null, OrderSide.Policy, world.Now));
        else if (!world.Orders.HasEnded)
        {
            world.Do(new Step(Deed.Accept, choice));
            world.Do(new Step(Deed.Ride, choice));
        }
    }

    private static void FinishPayments(World world)
    {
        foreach (var attempt in world.Money.Unsent)
            world.Money.Send(attempt, luck: 7);
        while (world.Money.Provider.Pending.Count > 0)
            world.Money.Decide(0, luck: 7);
        foreach (var attempt in world.Money.Askable)
        {
            for (var movement = 0; movement < 20; movement++)
                world.Money.Provider.Tell(movement);
            world.Money.Ask(attempt);
        }
    }

    private static void Check(World world)
    {
        var (money, provider, rides) = (world.Money, world.Money.Provider, world.Rides);
        var isStopped = OrderStatus.IsStopped(world.Order.Status);
        Assert.True(world.Orders.HasEnded, $"the order stays {world.Order.Status}");
        Assert.Equal(provider.CollectedXaf - provider.RefundedXaf, money.Balance(Accounts.ProviderClearing));
        Assert.Equal(rides.CashTakenXaf, money.Balance(Accounts.CashFloat));
        // Who cancels a paid order late pays for it; cash that nobody has handed over yet cannot be kept.
        var feeXaf = World.TotalXaf * world.Order.CancellationFeePercent / 100;
        var isFeeKept = money.Ledger.Exists(entry => entry.Kind == EntryKind.CancellationFee);
        Assert.True(isFeeKept || feeXaf == 0 || money.Payment?.Method != PaymentMethods.CamPay, "a late cancellation cost nothing");
        var keptXaf = !isStopped ? World.TotalXaf : isFeeKept ? feeXaf : 0;
        Assert.Equal(keptXaf, provider.CollectedXaf - provider.RefundedXaf + rides.CashTakenXaf + money.Balance(Accounts.Wallet));
        Assert.True(isStopped || money.Balance(Accounts.Wallet) == 0, "a delivered order went back to a wallet");
        Assert.Equal(0, money.Balance(Accounts.OrderEscrow));
        var sharedXaf = -(money.Balance(Accounts.RestaurantPayable) + money.Balance(Accounts.Commission) + money.Balance(Accounts.DriverEarning));
        Assert.True(keptXaf == sharedXaf, $"{sharedXaf} XAF of {keptXaf} were shared out of a {world.Order.Status} order: {money.Describe()}");
        Assert.False(rides.Ride is { } ride && ride.Status.IsActive(), $"a driver still carries a {world.Order.Status} order");
    }
}
