using System.Diagnostics;
using CsCheck;
using EatFast.Delivery.Domain;
using EatFast.Ordering.Domain;
using EatFast.Ordering.Tests.Walk;
using EatFast.Payments.Domain;

namespace EatFast.Ordering.Tests;

/// <summary>
/// Random people, times, messages and mishaps over the real domain objects. A failure prints the shortest walk found and its seed;
/// CsCheck_Seed repeats it, CsCheck_Iter makes it longer.
/// </summary>
public sealed class RandomWalkTests(ITestOutputHelper output)
{
    private const int Walks = 1_200;
    private static readonly Gen<Step> Steps = Gen.Select(Gen.Int[0, Enum.GetValues<Deed>().Length - 1], Gen.Int[0, 199])
        .Select((deed, choice) => new Step((Deed)deed, choice));

    [Fact]
    public void A_hundred_thousand_random_steps_break_no_rule_and_lose_no_franc()
    {
        var (steps, ends, watch) = (0, new Dictionary<string, int>(), Stopwatch.StartNew());

        Gen.Select(Gen.Bool, Steps.Array[0, 200]).Sample(
            (isCash, walk) =>
            {
                var world = new World(isCash);
                Array.ForEach(walk, world.Do);
                Ending.Reach(world, walk.Length);
                steps += walk.Length;
                ends[world.Order.Status] = ends.GetValueOrDefault(world.Order.Status) + 1;
            },
            iter: Walks, threads: 1, print: walk => $"{(walk.Item1 ? "cash" : "campay")}: {string.Join(", ", walk.Item2)}");

        output.WriteLine($"{steps:N0} steps, {steps / watch.Elapsed.TotalSeconds:N0} per second; ended as {string.Join(", ", ends)}");
        Assert.InRange(steps, 100_000, int.MaxValue);
        Assert.All([OrderStatus.Completed, OrderStatus.Cancelled, OrderStatus.Rejected, OrderStatus.Expired], end => Assert.Contains(end, ends));
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
            world.Orders.Change(order => order.Cancel(new Actor(ActorKind.Admin, null), "nobody came", null, OrderSide.Grace, world.Now));
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
        Assert.Equal(isStopped ? 0 : World.TotalXaf, provider.CollectedXaf - provider.RefundedXaf + (isStopped ? 0 : rides.CashTakenXaf));
        Assert.Equal(isStopped ? -rides.CashTakenXaf : 0, money.Balance(Accounts.OrderEscrow));
        Assert.Equal(isStopped ? 0 : -World.TotalXaf,
            money.Balance(Accounts.RestaurantPayable) + money.Balance(Accounts.Commission) + money.Balance(Accounts.DriverEarning));
        Assert.False(rides.Ride is { } ride && ride.Status.IsActive(), $"a driver still carries a {world.Order.Status} order");
    }
}
