using EatFast.Simulation.Core;
using EatFast.Simulation.Services;

namespace EatFast.Simulation.Outside;

/// <summary>A movement of money in the provider's own books.</summary>
internal sealed class Movement
{
    public required Guid Reference { get; init; }
    public required string External { get; init; }
    public required bool IsCollect { get; init; }
    public required long AmountXaf { get; init; }
    public required string Phone { get; init; }
    public string Status { get; set; } = "PENDING";
    public string Reason { get; set; } = "None";
}

/// <summary>
/// The provider, with CamPay's semantics: a charge ends when its payer says so, at once, late or never; webhooks come once, often,
/// early, late or not at all: its statement tells of a movement whose answer and webhooks were all lost.
/// </summary>
internal sealed class Provider(World world)
{
    private const int MostRefusals = 3;
    private readonly List<Movement> _movements = [];
    private readonly Dictionary<string, int> _refusedPayouts = [];

    public IReadOnlyList<Movement> Movements => _movements;

    public Movement? Find(string reference) => _movements.Find(movement => $"{movement.Reference}" == reference);

    /// <summary>A reference that is known already stands for its first movement.</summary>
    public Movement Open(bool isCollect, string phone, long amountXaf, string external, bool isAnother = false)
    {
        if (!isAnother && _movements.Find(known => known.External == external) is { } first)
            return first;
        var movement = new Movement
        {
            Reference = Guid.NewGuid(),
            External = external,
            IsCollect = isCollect,
            AmountXaf = amountXaf,
            Phone = phone
        };
        _movements.Add(movement);
        world.Trace.Add($"provider opens {(isCollect ? "charge" : "payout")} {_movements.Count} over {amountXaf}");
        if (isCollect)
            PlanCharge(movement);
        else
            PlanPayout(movement);
        return movement;
    }

    private void PlanCharge(Movement movement)
    {
        var lot = world.Random.NextDouble() * (world.Scenario.IsDay ? 0.84 : 1);
        if (lot < 0.70)
            DecideAfter(movement, true, world.Between(1, 40));
        else if (lot < 0.80)
            DecideAfter(movement, false, world.Between(1, 40));
        else if (lot < 0.85)
            Decide(movement, true);
        else if (lot < 0.93)
            DecideAfter(movement, true, world.Between(840, 1000));
        else if (lot < 0.98)
            DecideAfter(movement, true, world.Between(3600, 20_000));
    }

    private void PlanPayout(Movement movement)
    {
        var refused = _refusedPayouts.GetValueOrDefault(movement.Phone);
        var fails = refused < MostRefusals && world.Chance(0.2);
        if (fails)
            _refusedPayouts[movement.Phone] = refused + 1;
        if (world.Chance(0.05))
            Decide(movement, !fails);
        else
            DecideAfter(movement, !fails, world.Between(1, 30));
    }

    private void DecideAfter(Movement movement, bool succeeds, TimeSpan delay) => world.After(delay, () => Decide(movement, succeeds));

    private void Decide(Movement movement, bool succeeds)
    {
        movement.Status = succeeds ? "SUCCESSFUL" : "FAILED";
        movement.Reason = succeeds ? "None" : "REFUSED_BY_PAYER";
        world.Trace.Add($"provider decides {(movement.IsCollect ? "charge" : "payout")} {_movements.IndexOf(movement) + 1}: {movement.Status}");
        var copies = world.Chance(0.25) ? 0 : world.Chance(0.6) ? 1 : world.Random.Next(2, 6);
        for (var copy = 0; copy < copies; copy++)
            world.After(world.Chance(0.2) ? world.Between(10, 1200) : world.Between(0, 3), () => Call(movement));
    }

    private void Call(Movement movement) => world.Spawn("webhook", () => CallAsync(movement));

    private Task<Reply> CallAsync(Movement movement)
    {
        var body = new
        {
            status = movement.Status,
            reference = $"{movement.Reference}",
            amount = $"{movement.AmountXaf}",
            external_reference = movement.External,
            signature = Signature.Sign(world.Now)
        };
        return world.ServiceOf("payments").SendAsync(world, new Ask("POST", "/api/v1/webhooks/campay", Body: body));
    }
}
