using EatFast.Tour;
using EatFast.Tour.Steps;

if (!TourOptions.TryParse(args, out var options, out var complaint))
{
    Console.Error.WriteLine(complaint);
    return 2;
}

var printer = new Printer(options.Quiet);
printer.Title($"One EatFast order, from registration to rating\ngateway {options.Gateway}  simulator {options.Simulator}");
using var api = new TourApi(options.Gateway, printer);
await using var story = new Story(options, api, printer);
try
{
    await CustomerSteps.OrderAndPayAsync(story);
    await KitchenSteps.CookAsync(story);
    await DriverSteps.DeliverAsync(story);
    await CustomerSteps.RateAsync(story);
    return await Summary.TellAsync(story) ? 0 : 1;
}
catch (TourFailedException failed)
{
    printer.Failure(failed.Message);
    return 1;
}
