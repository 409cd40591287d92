using EatFast.Ordering.Contracts;
using EatFast.Simulation.Core;

namespace EatFast.Simulation.Outside;

/// <summary>An order as its customer remembers it.</summary>
internal sealed class Wish
{
    public required int Number { get; init; }
    public required Guid Customer { get; init; }
    public required string Key { get; init; }
    public required string Method { get; init; }
    /// <summary>The order that was confirmed to the customer.</summary>
    public Guid? OrderId { get; set; }
    /// <summary>The customer heard neither yes nor no.</summary>
    public bool IsOpen { get; set; } = true;
}

/// <summary>Everybody outside: customers, kitchens, drivers, an operator; each acts by itself, by lots drawn from the seed.</summary>
internal sealed class City
{
    private static readonly TimeSpan ClosesAfter = TimeSpan.FromHours(5);
    private readonly World _world;
    private readonly List<Wish> _wishes = [];
    private readonly List<string> _noticed = [];
    private readonly Dictionary<Guid, Guid> _owners = [];
    private readonly List<Courier> _couriers = [];
    private readonly DateTimeOffset _closing;

    public City(World world)
    {
        _world = world;
        var (random, scenario) = (world.Random, world.Scenario);
        var orders = scenario.Orders ?? (random.Next(4) == 0 ? 2 : 1);
        var span = scenario.Span ?? TimeSpan.FromMinutes(random.Next(1, 20));
        _closing = World.Start + span + ClosesAfter;
        var kitchens = Enumerable.Range(0, 1 + orders / 100).Select(_ => new Kitchen(world, NewId(), NewId())).ToList();
        kitchens.ForEach(kitchen => _owners[kitchen.Id] = kitchen.Owner);
        world.Broker.Published += happened => kitchens.ForEach(kitchen => kitchen.Hear(happened));
        for (var number = 1; number <= 1 + orders / 40; number++)
            _couriers.Add(new Courier(world, NewId()));
        world.Broker.Published += WakeCouriers;
        for (var number = 1; number <= orders; number++)
            PlanOrder(number, kitchens[random.Next(kitchens.Count)], world.Between(0, span.TotalSeconds));
    }

    public IReadOnlyList<Wish> Wishes => _wishes;

    /// <summary>What services logged as needing a person.</summary>
    public IReadOnlyList<string> NoticedErrors => _noticed;

    /// <summary>From now on nothing breaks any more: what is under way comes to its end.</summary>
    public bool IsClosed => _world.Now > _closing;

    public Guid OwnerOf(Guid kitchen) => _owners[kitchen];

    public void Noticed(string error) => _noticed.Add(error);

    public void Open() => _couriers.ForEach(courier => _world.Spawn("courier", courier.WorkAsync));

    private void PlanOrder(int number, Kitchen kitchen, TimeSpan when)
    {
        var wish = new Wish
        {
            Number = number,
            Customer = NewId(),
            Key = $"order-{number}",
            Method = _world.Chance(0.3) ? "cash" : "campay"
        };
        _wishes.Add(wish);
        _world.After(when, () => _world.Spawn($"customer {number}", () => new Customer(_world, wish, kitchen).LiveAsync()));
    }

    private void WakeCouriers(object happened)
    {
        if (happened is OrderConfirmed or OrderReady)
            _couriers.ForEach(courier => courier.Wake());
    }

    private Guid NewId()
    {
        var id = Guid.NewGuid();
        _world.Ids.NumberOf(id);
        return id;
    }
}
