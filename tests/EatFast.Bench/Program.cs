using System.Runtime.InteropServices;
using EatFast.Bench;
using EatFast.Bench.Catalog;
using EatFast.Bench.Parts;
using EatFast.Load;

if (args is ["--help" or "-h" or "help"])
{
    Console.WriteLine(BenchOptions.Usage);
    return 0;
}
// Not a private folder: the database's own user has to get to its data.
var state = Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), $"eatfast-bench-{Guid.NewGuid():N}")).FullName;
try
{
    var isCatalog = args is ["catalog", ..];
    var options = BenchOptions.Parse(isCatalog ? args[1..] : args);
    var figures = new Figures();
    Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(options.Report))!);
    Console.WriteLine($"{Environment.ProcessorCount} cores, {RuntimeInformation.OSDescription}, .NET {Environment.Version}; "
        + $"every figure: middle (lowest to highest) of {options.Repeats} × {options.Seconds} s.");
    if (isCatalog)
    {
        await CatalogBench.RunAsync(figures, options, state);
        figures.WriteTo(options.Report);
        return 0;
    }
    await using var system = await StartPart.RunAsync(figures, options, state);
    await OrdersPart.RunAsync(figures, options, system);
    await PgbenchPart.RunAsync(figures, options, system);
    await EventsPart.RunAsync(figures, options, system);
    await ReadsPart.RunAsync(figures, options, system);
    await GatewayPart.RunAsync(figures, options, system);
    await LoginsPart.RunAsync(figures, options, system);
    MemoryPart.Run(figures, system);
    figures.WriteTo(options.Report);
    Console.WriteLine($"\nAll figures: {Path.GetFullPath(options.Report)}");
    return 0;
}
catch (LoadFailedException failed)
{
    Console.Error.WriteLine(failed.Message);
    return 2;
}
finally
{
    Directory.Delete(state, recursive: true);
}
