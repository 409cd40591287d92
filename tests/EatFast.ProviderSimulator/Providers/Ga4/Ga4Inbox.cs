using System.Text.Json;
using EatFast.ProviderSimulator.Http;

namespace EatFast.ProviderSimulator.Providers.Ga4;

/// <summary>What was told, newest last; the real one keeps silent about what it throws away, this one counts it.</summary>
internal sealed class Ga4Inbox
{
    private const int Most = 5_000;
    private readonly Lock _gate = new();
    private readonly Queue<JsonElement> _events = new();
    private readonly List<Ga4Message> _complaints = [];
    private int _requests;

    public void Take(bool isKnown, JsonElement? body)
    {
        var complaints = Ga4Rules.Judge(body);
        lock (_gate)
        {
            _requests++;
            if (!isKnown)
                _complaints.Add(new Ga4Message("measurement_id", "The measurement id and the api secret are required.", "VALUE_REQUIRED"));
            _complaints.AddRange(complaints);
            if (complaints.Count > 0 || !isKnown)
                return;
            foreach (var told in body!.Value.Items("events"))
                _events.Enqueue(told);
            while (_events.Count > Most)
                _events.Dequeue();
        }
    }

    public object Describe(string? name)
    {
        lock (_gate)
            return new
            {
                Requests = _requests,
                Complaints = _complaints.ToArray(),
                Events = _events.Where(told => name is null || told.Text("name") == name).ToArray()
            };
    }

    public void Clear()
    {
        lock (_gate)
        {
            _requests = 0;
            _events.Clear();
            _complaints.Clear();
        }
    }
}
