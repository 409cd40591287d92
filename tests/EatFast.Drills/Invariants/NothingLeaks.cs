using EatFast.Drills.Checking;

namespace EatFast.Drills.Invariants;

/// <summary>I16: nobody's phone, address or password is in a log or a message that was put aside.</summary>
internal sealed class NothingLeaks : IInvariant
{
    public string Id => "I16";

    public string Promise => "no personal data in logs and dead letters";

    public void Check(Evidence evidence, Findings findings)
    {
        findings.Try();
        foreach (var leak in evidence.Leaks)
            findings.Report($"{leak.What} stands in {leak.Where}");
    }
}
