using System.Text.Json.Nodes;

namespace EatFast.Tour;

/// <summary>Who takes part, and what is known so far.</summary>
internal sealed class Story(TourOptions options, TourApi api, Printer printer) : IAsyncDisposable
{
    private readonly List<Listener> _listeners = [];

    public TourApi Api => api;

    public Printer Printer => printer;

    public Uri Simulator => options.Simulator;

    public Person Customer { get; set; } = null!;

    public Person Owner { get; set; } = null!;

    public Person Driver { get; set; } = null!;

    public JsonNode Restaurant { get; set; } = null!;

    public string OrderId { get; set; } = "";

    public string PaymentId { get; set; } = "";

    public string DropCode { get; set; } = "";

    public string OrderPath => $"/api/v1/orders/{OrderId}";

    public Task ListenAsync(Person person)
    {
        var listener = new Listener(options.Gateway, person, printer);
        _listeners.Add(listener);
        return listener.StartAsync();
    }

    /// <summary>Joins the room of the order: positions are sent only there.</summary>
    public Task FollowAsync(Person person) => _listeners.Single(listener => listener.Person == person).FollowAsync(OrderId);

    public bool HasHeard(Person person, string name, Func<JsonNode, bool>? which = null) =>
        _listeners.Exists(listener => listener.Person == person && listener.HasHeard(name, which));

    public bool WasAway(Person person) => _listeners.Exists(listener => listener.Person == person && listener.WasAway);

    public int EventsHeard => _listeners.Sum(listener => listener.Count);

    public async Task<Person> SignInAsync(string role, string email)
    {
        var account = await api.PostAsync(null, "/api/v1/auth/login", new { email, password = Person.DemoPassword });
        return Person.From(role, account);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var listener in _listeners)
            await listener.DisposeAsync();
    }
}

/// <summary>Someone signed in.</summary>
internal sealed record Person(string Role, string Email, string Phone, string Token)
{
    public const string DemoPassword = "EatFast-Demo-2026";

    public static Person From(string role, JsonNode account) => new(
        role, (string)account["user"]!["email"]!, (string?)account["user"]!["phone"] ?? "", (string)account["accessToken"]!);
}

/// <summary>The tour cannot go on; the message says why, for a person.</summary>
internal sealed class TourFailedException(string message) : Exception(message);
