using System.Diagnostics;
using System.Runtime.InteropServices;
using EatFast.PaymentDrill;

if (args.Any(arg => arg is "--help" or "-h" or "help"))
{
    Console.WriteLine(DrillOptions.Usage);
    return 0;
}
if (DrillOptions.Parse(args) is not { } options)
{
    Console.Error.WriteLine(DrillOptions.Usage);
    return 2;
}

var watch = Stopwatch.StartNew();
using var stopping = new CancellationTokenSource();
// However it is asked to end, the private stores have to end with it.
using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
try
{
    Say("starting private stores and the payments service");
    await using var system = new PaymentsSystem { IsQuiet = true };
    await system.InitializeAsync();
    if (options.IsSabotaged)
        system.ChargeAgainWhenLost();
    var drill = new DrillRun(system, TimeSpan.FromSeconds(options.IsSabotaged ? 15 : 120), Say);
    var cases = await drill.RunAsync(options.Seed, options.Count, stopping.Token);
    Say("comparing the books");
    var report = await DrillReport.OfAsync(system, drill, options.Seed, cases);
    Console.WriteLine(report);
    Say($"done, {options.Count / watch.Elapsed.TotalSeconds:0} payments a second");
    return report.IsClean && report.Payments == options.Count ? 0 : 1;
}
catch (OperationCanceledException) when (stopping.IsCancellationRequested)
{
    Console.Error.WriteLine("Stopped.");
    return 130;
}

// The table alone is the outcome: what depends on the machine goes elsewhere.
void Say(string text) => Console.Error.WriteLine($"{watch.Elapsed.TotalSeconds,6:0.0}  {text}");

void Stop(PosixSignalContext signal)
{
    signal.Cancel = true;
    stopping.Cancel();
}
