using EatFast.Drills.Checking;
using EatFast.Drills.People;
using EatFast.Drills.Reading;
using EatFast.Drills.Target;
using EatFast.Load;

namespace EatFast.Drills.Running;

/// <summary>What a drill acts on, and where it writes down what it did and saw.</summary>
internal sealed class Stage(SystemUnderTest system, DrillPlan plan, TimeProvider clock, Action<string> say) : IAsyncDisposable
{
    /// <summary>A limit of time was missed.</summary>
    public const string Bar = "bar";
    /// <summary>The drill could not be carried out as it is meant.</summary>
    public const string Course = "course";
    private readonly Lock _gate = new();
    private readonly List<ClientCall> _calls = [];
    private readonly List<Poison> _poisons = [];
    private readonly List<Violation> _observed = [];
    private readonly List<TimeSpan> _recoveries = [];
    private readonly List<Person> _people = [];

    public SystemUnderTest Product => system;
    public DrillPlan Plan => plan;
    public TimeProvider Clock => clock;
    public Rows Rows { get; } = new(system.Endpoints.Postgres);
    public Broker Broker { get; } = new(system.Endpoints);
    public Provider Provider { get; } = new(system.Endpoints.Simulator, system.Endpoints.Gateway);
    public Random Random { get; } = new(plan.Seed);
    public LoadRun Load { get; set; } = null!;
    public Prober Prober { get; set; } = null!;

    /// <summary>Faults inflicted, or races run: what the bound of the report is about.</summary>
    public int Trials { get; private set; }

    public IReadOnlyList<TimeSpan> Recoveries => _recoveries;

    public IReadOnlyList<Poison> Poisons => _poisons;

    /// <summary>What a drill has to tell besides figures, such as its coverage.</summary>
    public List<string> Notes { get; } = [];

    public void Say(string text) => say(text);

    public void Try(int trials = 1) => Trials += trials;

    public void Recovered(TimeSpan took) => _recoveries.Add(took);

    public void Journal(ClientCall call)
    {
        lock (_gate)
            _calls.Add(call);
    }

    public void Poisoned(Poison poison) => _poisons.Add(poison);

    public void Expect(bool holds, string invariant, Func<string> fact)
    {
        if (holds)
            return;
        lock (_gate)
            _observed.Add(new(invariant, fact()));
    }

    public async Task<Person> InviteAsync(string role, CancellationToken ct) =>
        Keep(await Person.RegisterAsync(system.Endpoints.Gateway, role, ct));

    public async Task<Person> InviteDemoAsync(string email, CancellationToken ct) =>
        Keep(await Person.SignInAsync(system.Endpoints.Gateway, email, ct));

    /// <summary>A driver whose account is approved and who waits there.</summary>
    public async Task<Person> InviteDriverAsync(double latitude, double longitude, CancellationToken ct)
    {
        var driver = await InviteAsync("delivery_agent", ct);
        await Rows.RunAsync($"UPDATE identity.users SET status = 'active' WHERE id = '{driver.Id}'", ct);
        var online = await driver.InsistAsync(HttpMethod.Put, "/api/v1/drivers/me/status", new { status = "online", latitude, longitude },
            ct);
        return online.IsSuccess ? driver : throw new DrillFailedException($"A driver cannot start work: {online.Status} {online.Code}");
    }

    public Statement Statement(DateTimeOffset since, string journal, IReadOnlyList<Span> healthy)
    {
        lock (_gate)
            return new(since, journal)
            {
                Calls = [.. _calls],
                Poisons = [.. _poisons],
                Observed = [.. _observed],
                Healthy = healthy,
                Secrets = [.. _people.SelectMany(person => person.Secrets)]
            };
    }

    private Person Keep(Person person)
    {
        lock (_gate)
            _people.Add(person);
        return person;
    }

    public async ValueTask DisposeAsync()
    {
        _people.ForEach(person => person.Dispose());
        Provider.Dispose();
        Broker.Dispose();
        await Rows.DisposeAsync();
    }
}
