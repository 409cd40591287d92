using EatFast.Drills.Checking;

namespace EatFast.Drills.Invariants;

/// <summary>I10: each text that is owed reached the provider, and the provider took it once.</summary>
internal sealed class TextsAreSentOnce : IInvariant
{
    public string Id => "I10";

    public string Promise => "each text message is at the provider exactly once";

    public void Check(Evidence evidence, Findings findings)
    {
        var sent = evidence.SentTexts.CountBy(text => text.MessageId).ToDictionary();
        var owed = evidence.Texts.Where(text => text.Channel == "sms").ToList();
        foreach (var text in owed)
        {
            var times = sent.GetValueOrDefault(text.Id.ToString());
            findings.Expect(times == 1, () => $"text {text.Id} ({text.Kind}, {text.Status}) is {times} times at the provider");
        }
        foreach (var twice in owed.GroupBy(text => (text.SubjectId, text.Kind)).Where(group => group.Count() > 1))
            findings.Report($"{twice.Count()} texts of kind {twice.Key.Kind} were made about {twice.Key.SubjectId}");
        foreach (var mail in evidence.Texts.Where(text => text.Channel != "sms"))
            findings.Expect(mail.Status != "queued", () => $"{mail.Channel} {mail.Id} ({mail.Kind}) is still queued");
    }
}
