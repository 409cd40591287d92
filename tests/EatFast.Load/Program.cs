using EatFast.Load;

var clock = TimeProvider.System;
try
{
    if (args is ["--help" or "-h" or "help"])
    {
        Console.WriteLine(Arguments.Usage);
        return 0;
    }
    return await LoadCommand.RunAsync(Arguments.Parse(args, SystemEndpoints.Find(), clock.GetUtcNow()), clock);
}
catch (LoadFailedException failed)
{
    Console.Error.WriteLine(failed.Message);
    return 2;
}
