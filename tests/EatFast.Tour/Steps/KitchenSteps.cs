namespace EatFast.Tour.Steps;

/// <summary>What the restaurant does: confirm with a time, cook, and have it ready.</summary>
internal static class KitchenSteps
{
    public static async Task CookAsync(Story story)
    {
        story.Printer.Step("The restaurant confirms, cooks, and says the food is ready");
        await story.Api.PutAsync(story.Owner, $"{story.OrderPath}/status", new { status = "confirmed", estimatedPreparationTime = 20 });
        await story.Api.PutAsync(story.Owner, $"{story.OrderPath}/status", new { status = "preparing" });
        await story.Api.PutAsync(story.Owner, $"{story.OrderPath}/status", new { status = "ready" });
    }
}
