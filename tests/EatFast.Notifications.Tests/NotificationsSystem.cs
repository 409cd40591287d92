using System.Net.Http.Json;
using System.Text.Json;
using EatFast.Notifications.Data;
using EatFast.Testing;

[assembly: AssemblyFixture(typeof(EatFast.Notifications.Tests.NotificationsSystem))]

namespace EatFast.Notifications.Tests;

/// <summary>Notifications with the real provider simulator, and its two neighbours answering from a script.</summary>
public class NotificationsSystem : TestSystem
{
    private readonly Dictionary<string, string?> _settings = [];
    private ProviderSimulator? _simulator;

    public HostedService<NotificationsDbContext> Service { get; private set; } = null!;

    internal ScriptedIdentity Identity { get; } = new();

    internal ScriptedOrdering Ordering { get; } = new();

    public static CancellationToken Ct => TestContext.Current.CancellationToken;

    protected override IReadOnlyDictionary<string, string?> Settings => _settings;

    protected void Set(string key, string value) => _settings[key] = value;

    protected override async Task HostAsync()
    {
        _simulator = new ProviderSimulator(() => Service.Server.CreateHandler());
        AddNeighbour("simulator", _simulator.Server.CreateHandler());
        AddNeighbour("identity", await Neighbours.HostIdentityAsync(Identity, Tokens));
        AddNeighbour("ordering", await Neighbours.HostOrderingAsync(Ordering));
        var smtp = await _simulator.CreateClient().GetFromJsonAsync<JsonElement>("/control/smtp", Ct);
        _settings.TryAdd("Providers:Smtp:Host", smtp.GetProperty("host").GetString());
        _settings.TryAdd("Providers:Smtp:Port", $"{smtp.GetProperty("port").GetInt32()}");
        Service = await AddServiceAsync<NotificationsDbContext>("notifications");
    }

    /// <summary>What left for this number or address, newest first.</summary>
    public async Task<IReadOnlyList<JsonElement>> SentToAsync(string address)
    {
        var messages = await _simulator!.CreateClient()
            .GetFromJsonAsync<JsonElement>($"/control/messages?take=5000&to={Uri.EscapeDataString(address.TrimStart('+'))}", Ct);
        return [.. messages.EnumerateArray()];
    }

    public async Task<JsonElement> FirstSentToAsync(string address)
    {
        await Eventually.AsTrue(async () => (await SentToAsync(address)).Count > 0, $"something was sent to {address}");
        return (await SentToAsync(address))[0];
    }
}
