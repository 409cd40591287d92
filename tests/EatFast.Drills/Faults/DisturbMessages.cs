using EatFast.Drills.Running;

namespace EatFast.Drills.Faults;

/// <summary>D6: a fifth of all messages comes twice, all come late and out of order; each still takes effect once.</summary>
internal sealed class DisturbMessages : Drill
{
    private const double Duplicate = 0.2;
    private const int DelayMs = 2_500;
    private const int Window = 50;

    public override string Id => "D6";

    public override string Title => "messages duplicated, late and out of order";

    public override string Trials => "messages";

    public override bool MeasuresLag => false;

    public override async Task InflictAsync(Stage stage, CancellationToken ct)
    {
        var from = stage.Clock.GetUtcNow();
        stage.Product.Box.DisturbMessages(Duplicate, DelayMs, Window);
        await Wait.PassAsync(stage.Plan.Disturbed, ct);
        var messages = await SentAsync(stage, from, ct);
        stage.Product.Box.Disarm();
        stage.Try((int)messages);
        stage.Notes.Add($"{messages} messages were disturbed");
        stage.Expect(messages >= stage.Plan.Disturbances, Stage.Bar, () => $"only {messages} messages were disturbed");
    }

    private static async Task<long> SentAsync(Stage stage, DateTimeOffset from, CancellationToken ct)
    {
        var mail = new Reading.Mail(stage.Rows, from);
        return (await mail.OutboxAsync(ct)).LongCount(message => message.SentAt >= from);
    }
}
