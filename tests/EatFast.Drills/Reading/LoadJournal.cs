using EatFast.Drills.Checking;
using EatFast.Load;

namespace EatFast.Drills.Reading;

/// <summary>The load generator's journal as calls with one effect: each attempt with what came back, 0 when nothing did.</summary>
internal static class LoadJournal
{
    private static readonly Dictionary<string, string> Kinds = new()
    {
        [Calls.Place] = ClientCall.PlaceOrder,
        [Calls.Pay] = ClientCall.Pay,
        [Calls.Accept] = ClientCall.AcceptJob
    };

    public static IReadOnlyList<ClientCall> Read(string file)
    {
        var attempts = new Dictionary<(string Run, int Flow, string Call, Guid Principal, int Attempt), JournalRecord>();
        foreach (var record in JournalRecord.Read(file).Where(record => Kinds.ContainsKey(record.Call)))
        {
            var id = (record.Run, record.Flow, record.Call, record.Principal, record.Attempt);
            // An answer says more than the line that went before it, and does not repeat the key.
            attempts[id] = attempts.TryGetValue(id, out var sent) ? record with { Key = record.Key ?? sent.Key } : record;
        }
        return [.. attempts.Values.Select(CallOf)];
    }

    private static ClientCall CallOf(JournalRecord record) => new(
        Kinds[record.Call], record.Key ?? "", record.Principal.ToString(), record.Event == JournalRecord.Answered ? record.Status ?? 0 : 0,
        record.AnswerHash, record.OrderId, record.At);
}
