using EatFast.Load.Http;

namespace EatFast.Load.Flows;

internal enum Outcome
{
    Delivered,
    Cancelled,
    Rejected,
    Placed,
    Abandoned
}

/// <summary>One order from the restaurant list to its end, step by step as its plan says.</summary>
internal static class OrderFlow
{
    public static async Task<Outcome> RunAsync(Visit visit, Action accepted, Action<string> trouble, CancellationToken ct)
    {
        try
        {
            return await PlayAsync(visit, accepted, ct);
        }
        catch (StoppedException stopped) when (stopped.Status is "cancelled" or "expired")
        {
            return Outcome.Cancelled;
        }
        catch (StoppedException stopped) when (stopped.Status == "rejected")
        {
            return Outcome.Rejected;
        }
        catch (StoppedException stopped)
        {
            trouble(stopped.Message);
        }
        catch (NoAnswerException noAnswer)
        {
            trouble(noAnswer.Message);
        }
        catch (OperationCanceledException)
        {
            trouble("the run was stopped before it ended");
        }
        return Outcome.Abandoned;
    }

    private static async Task<Outcome> PlayAsync(Visit visit, Action accepted, CancellationToken ct)
    {
        var (scene, plan) = (visit.Scene, visit.Plan);
        if (!scene.Options.Mix.PlaceOnly)
            await CustomerSteps.BrowseAsync(visit, ct);
        await CustomerSteps.PlaceAsync(visit, ct);
        accepted();
        if (scene.Options.Mix.PlaceOnly)
            return Outcome.Placed;
        if (!plan.Cancelled)
            await PayAsync(visit, ct);
        if (plan.Cancelled || plan.Unpaid)
        {
            await CustomerSteps.CancelAsync(visit, ct);
            return Outcome.Cancelled;
        }
        if (plan.Rejected)
        {
            await KitchenSteps.RejectAsync(visit, ct);
            return Outcome.Rejected;
        }
        await KitchenSteps.CookAsync(visit, ct);
        await DriverSteps.DeliverAsync(visit, scene.Clock.GetTimestamp(), ct);
        await ReceiveAsync(visit, ct);
        return Outcome.Delivered;
    }

    private static async Task PayAsync(Visit visit, CancellationToken ct)
    {
        await CustomerSteps.PayAsync(visit, ct);
        if (visit.Plan.Unpaid)
            return;
        var paidAt = visit.Scene.Clock.GetTimestamp();
        await CustomerSteps.UntilReleasedAsync(visit, ct);
        visit.Scene.Recorder.Wait(Calls.UntilReleased, visit.Scene.Clock.GetElapsedTime(paidAt).TotalMilliseconds);
    }

    private static async Task ReceiveAsync(Visit visit, CancellationToken ct)
    {
        var handedOverAt = visit.Scene.Clock.GetTimestamp();
        await CustomerSteps.UntilDeliveredAsync(visit, ct);
        visit.Scene.Recorder.Wait(Calls.UntilDelivered, visit.Scene.Clock.GetElapsedTime(handedOverAt).TotalMilliseconds);
        if (visit.Plan.Rated)
            await CustomerSteps.RateAsync(visit, ct);
    }
}
