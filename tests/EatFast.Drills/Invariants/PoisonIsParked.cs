using EatFast.Drills.Checking;

namespace EatFast.Drills.Invariants;

/// <summary>I13: what no consumer can read is put aside once, with a reason, and nothing else is.</summary>
internal sealed class PoisonIsParked : IInvariant
{
    public string Id => "I13";

    public string Promise => "each bad message is put aside once with a reason, and no good one";

    public void Check(Evidence evidence, Findings findings)
    {
        var aside = evidence.DeadLetters.Where(letter => letter.MessageId is not null)
            .ToLookup(letter => (letter.Queue, letter.MessageId!.Value));
        foreach (var poison in evidence.Poisons)
        {
            var letters = aside[($"{poison.Queue}_dead", poison.MessageId)].ToList();
            findings.Expect(letters.Count == 1, () => $"{poison.Kind} {poison.MessageId} is {letters.Count} times in {poison.Queue}_dead");
            findings.Expect(
                letters.TrueForAll(letter => !string.IsNullOrWhiteSpace(letter.Reason)), () =>
                    $"{poison.Kind} {poison.MessageId} was put aside without a reason");
        }

        var bad = evidence.Poisons.Select(poison => poison.MessageId).ToHashSet();
        findings.Try(evidence.DeadLetters.Count);
        foreach (var letter in evidence.DeadLetters.Where(letter => letter.MessageId is not { } id || !bad.Contains(id)))
            findings.Report(
                $"{letter.Queue} holds {letter.MessageId?.ToString() ?? "a message without id"}: {letter.Reason ?? "no reason"}");
    }
}
