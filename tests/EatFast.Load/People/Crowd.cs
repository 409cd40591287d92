using System.Globalization;
using System.Threading.Channels;
using EatFast.Load.Http;
using EatFast.Load.Shop;
using Npgsql;

namespace EatFast.Load.People;

/// <summary>Everybody who takes part. Customers and drivers register anew for each run, so that runs do not disturb each other.</summary>
internal sealed class Crowd
{
    private const string DemoPassword = "EatFast-Demo-2026";
    private const string OwnPassword = "Ndole-a-midi-2026";
    private const int RegisterAtOnce = 2;
    private readonly Channel<Person> _idleDrivers = Channel.CreateUnbounded<Person>();

    private Crowd(IReadOnlyList<Person> customers, Person owner, IReadOnlyList<Person> drivers, Person admin)
    {
        (Customers, Owner, Drivers, Admin) = (customers, owner, drivers, admin);
        foreach (var driver in drivers)
            _idleDrivers.Writer.TryWrite(driver);
    }

    public IReadOnlyList<Person> Customers { get; }

    public Person Owner { get; }

    public IReadOnlyList<Person> Drivers { get; }

    /// <summary>Counts the cash that drivers bring.</summary>
    public Person Admin { get; }

    public IEnumerable<Person> All => [Owner, Admin, .. Customers, .. Drivers];

    public ValueTask<Person> TakeDriverAsync(CancellationToken ct) => _idleDrivers.Reader.ReadAsync(ct);

    public void ReturnDriver(Person driver) => _idleDrivers.Writer.TryWrite(driver);

    public static async Task<Crowd> GatherAsync(LoadOptions options, Api api, Restaurant restaurant, CancellationToken ct)
    {
        var owner = new Person("owner@eatfast.local", DemoPassword);
        await api.Sessions.SignInAsync(owner, ct);
        var admin = new Person("admin@eatfast.local", DemoPassword);
        await api.Sessions.SignInAsync(admin, ct);
        var customers = await RegisterAsync(api, "customer", options.Customers, ct);
        if (options.Mix.PlaceOnly)
            return new(customers, owner, [], admin);
        var drivers = options.Database is { } database
            ? await HireAsync(api, options.Drivers, database, ct)
            : await SignInDemoDriversAsync(api, ct);
        foreach (var driver in drivers)
            await GoOnlineAsync(api, driver, restaurant, ct);
        return new(customers, owner, drivers, admin);
    }

    private static async Task<List<Person>> SignInDemoDriversAsync(Api api, CancellationToken ct)
    {
        List<Person> drivers = [new("driver@eatfast.local", DemoPassword), new("driver2@eatfast.local", DemoPassword)];
        foreach (var driver in drivers)
            await api.Sessions.SignInAsync(driver, ct);
        return drivers;
    }

    // New drivers wait for somebody's approval, which no route gives yet; an owner of the database does it by hand.
    private static async Task<List<Person>> HireAsync(Api api, int count, string database, CancellationToken ct)
    {
        var drivers = await RegisterAsync(api, "delivery_agent", count, ct);
        await using var connection = new NpgsqlConnection(database);
        await connection.OpenAsync(ct);
        await using var approve = new NpgsqlCommand(
            "update identity.users set status = 'active', version = version + 1 where id = any($1) and status = 'pending'", connection);
        approve.Parameters.Add(new() { Value = drivers.Select(driver => driver.Id).ToArray() });
        await approve.ExecuteNonQueryAsync(ct);
        return drivers;
    }

    private static async Task<List<Person>> RegisterAsync(Api api, string role, int count, CancellationToken ct)
    {
        var people = new Person[count];
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = RegisterAtOnce, CancellationToken = ct };
        await Parallel.ForAsync(0, count, parallel, async (place, token) => people[place] = await RegisterAsync(api, role, token));
        return [.. people];
    }

    private static async Task<Person> RegisterAsync(Api api, string role, CancellationToken ct)
    {
        while (true)
        {
            var mark = Random.Shared.Next(1_000_000, 9_999_999).ToString(CultureInfo.InvariantCulture);
            var person = new Person($"load.{Guid.NewGuid():N}@example.cm", OwnPassword);
            var body = Bodies.Object(json =>
            {
                json.WriteString("firstName", "Awa");
                json.WriteString("lastName", "Charge");
                json.WriteString("email", person.Email);
                json.WriteString("password", person.Password);
                json.WriteString("phone", $"+23767{mark}");
                json.WriteString("role", role);
                json.WriteString("city", "douala");
                json.WriteString("language", "fr");
            });
            var answer = await api.SendAsync(new Call(Calls.Register, HttpMethod.Post, "/api/v1/auth/register") { Body = body }, ct);
            if (api.Sessions.Take(person, answer))
                return person;
            // An attempt whose answer was lost has registered the address; a number may be somebody else's.
            if (answer.ErrorCode == "EMAIL_ALREADY_EXISTS")
            {
                await api.Sessions.SignInAsync(person, ct);
                return person;
            }
            if (answer.ErrorCode != "PHONE_ALREADY_EXISTS")
                throw new LoadFailedException($"A {role} cannot register: {answer.Status} {answer.ErrorCode}.");
        }
    }

    private static async Task GoOnlineAsync(Api api, Person driver, Restaurant restaurant, CancellationToken ct)
    {
        var body = Bodies.Object(json =>
        {
            json.WriteString("status", "online");
            json.WriteNumber("latitude", restaurant.Latitude);
            json.WriteNumber("longitude", restaurant.Longitude);
        });
        var answer = await api.SendAsync(
            new Call(Calls.GoOnline, HttpMethod.Put, "/api/v1/drivers/me/status") { By = driver, Body = body }, ct);
        if (!answer.IsGood)
            throw new LoadFailedException($"{driver.Email} cannot go online: {answer.Status} {answer.ErrorCode}.");
    }
}
