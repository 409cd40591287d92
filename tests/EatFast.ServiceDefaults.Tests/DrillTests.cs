using System.Reflection;
using System.Text;
using EatFast.Probe;

namespace EatFast.ServiceDefaultsTests;

public sealed class DrillTests
{
    private static readonly string[] Assemblies = ["EatFast.ServiceDefaults.dll", "EatFast.ProbeService.dll"];

    [Theory]
    [InlineData("outbox.after-claim")]
    [InlineData("inbox.after-save-before-ack")]
    [InlineData("http.before-commit")]
    [InlineData("migrate.mid")]
    [InlineData("EATFAST_DRILLS")]
    [InlineData("EATFAST_DEFECT")]
    [InlineData("EATFAST_CLOCK_OFFSET_SECONDS")]
    [InlineData("faults.json")]
    public void No_failpoint_and_no_drill_setting_is_left_in_a_normal_build(string name) =>
        Assert.All(Assemblies, assembly => Assert.False(Holds(assembly, name), $"{assembly} holds {name}"));

    [Fact]
    public void The_search_would_find_what_is_there()
    {
        Assert.True(Holds("EatFast.ServiceDefaults.dll", "eatfast.outbox.lag"));
        Assert.True(Holds("EatFast.ProbeService.dll", "A note made trouble."));
    }

    [Fact]
    public void No_defect_can_be_switched_on_in_a_normal_build()
    {
        var body = typeof(Defect).GetMethod(nameof(Defect.Is))!.GetMethodBody()!.GetILAsByteArray()!;

        // Load the constant 0, return it: nothing of the name is looked at, and the compiler at run time drops what depends on it.
        Assert.Equal(new byte[] { 0x16, 0x2A }, body);
        Assert.False(Defect.Is("no-inbox"));
    }

    [Fact]
    public void Reaching_a_failpoint_is_no_code_in_a_normal_build()
    {
        var method = typeof(Failpoint).GetMethod(nameof(Failpoint.Reach))!;

        Assert.Equal("DRILLS", method.GetCustomAttribute<System.Diagnostics.ConditionalAttribute>()!.ConditionString);
        Assert.Equal(new byte[] { 0x2A }, method.GetMethodBody()!.GetILAsByteArray()!);
        Assert.Same(TimeProvider.System, Drill.Clock);
    }

    // String constants stand in an assembly as UTF-16.
    private static bool Holds(string assembly, string text) =>
        File.ReadAllBytes(Path.Combine(Path.GetDirectoryName(typeof(NotesDbContext).Assembly.Location)!, assembly))
            .AsSpan().IndexOf(Encoding.Unicode.GetBytes(text)) >= 0;
}
