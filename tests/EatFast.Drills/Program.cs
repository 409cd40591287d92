using System.Runtime.InteropServices;
using EatFast.Drills;
using EatFast.Drills.Faults;
using EatFast.Drills.Running;

if (DrillOptions.AsksForHelp(args))
{
    Console.WriteLine(DrillOptions.Usage);
    return 0;
}
if (DrillOptions.Parse(args) is not { } options)
{
    Console.Error.WriteLine(DrillOptions.Usage);
    return 2;
}
if (options.Names.Contains("list"))
{
    foreach (var drill in Catalogue.All())
        Console.WriteLine($"{drill.Id,-4} {drill.Title}");
    return 0;
}
if (!File.Exists(options.AppHost))
{
    Console.Error.WriteLine($"The drill build is missing ({options.AppHost}): run './eatfast drill', which makes it.");
    return 2;
}

// However it is asked to end, the system under test has to end with it.
using var stopping = new CancellationTokenSource();
using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
try
{
    var console = new Terminal(options.Quiet);
    return options.IsSensitivity
        ? await Sensitivity.RunAsync(options, console, stopping.Token)
        : await Session.RunAsync(options, console, stopping.Token);
}
catch (DrillFailedException failed)
{
    Console.Error.WriteLine(failed.Message);
    return 1;
}
catch (OperationCanceledException) when (stopping.IsCancellationRequested)
{
    Console.Error.WriteLine("Stopped.");
    return 130;
}

void Stop(PosixSignalContext signal)
{
    signal.Cancel = true;
    stopping.Cancel();
}
