using System.Text.Json;
using EatFast.ProviderSimulator.Http;
using EatFast.ProviderSimulator.State;

namespace EatFast.ProviderSimulator.Providers.Infobip;

/// <summary>What Infobip knows of our texts. A message id counts once: a second send with it is rejected and not delivered.</summary>
internal sealed class InfobipMessages(
    InfobipOptions options, Outbox outbox, Journal journal, WebhookSender webhooks, TimeProvider clock) : ITimed, IJournalled
{
    private const string JournalKind = "infobip.sms";
    private const int MaxKept = 20_000;
    private static readonly TimeSpan LogAge = TimeSpan.FromHours(48);

    private readonly Lock gate = new();
    private readonly OrderedDictionary<string, Sms> sent = [];
    private readonly HashSet<string> underWay = [];

    public Sms Send(SmsDraft draft, string bulkId, bool isV3)
    {
        var now = clock.GetUtcNow();
        var status = Sms.Judge(draft);
        var sms = new Sms
        {
            OutboxId = Guid.CreateVersion7(now),
            BulkId = bulkId,
            MessageId = draft.MessageId ?? Guid.NewGuid().ToString(),
            To = draft.To,
            Sender = draft.Sender,
            Text = draft.Text,
            Status = status,
            SentAt = now,
            DoneAt = status.IsFinal ? now : now.AddMilliseconds(options.DeliverAfterMs),
            CallbackData = draft.CallbackData,
            ReportUrl = draft.ReportUrl ?? options.ReportUrl,
            IsV3 = isV3,
        };
        lock (gate)
        {
            if (sent.ContainsKey(sms.MessageId))
                return sms with { Status = InfobipStatus.DuplicateId };
            Save(sms);
        }

        outbox.Put(new Message(sms.OutboxId, "sms", sms.Sender, sms.To, status.Name, now) { Text = sms.Text });
        return sms;
    }

    public void Tick(DateTimeOffset now)
    {
        List<Sms> due;
        lock (gate)
        {
            due = [.. underWay.Select(id => sent[id]).Where(sms => sms.DoneAt <= now).Select(sms => sms with { Status = sms.Outcome })];
            due.ForEach(Save);
        }

        foreach (var sms in due)
            Report(sms);
    }

    public IReadOnlyList<Sms> Logs(InfobipQuery query)
    {
        var oldest = clock.GetUtcNow() - LogAge;
        lock (gate)
            return [.. sent.Values.Reverse().Where(sms => sms.SentAt >= oldest && query.Asks(sms)).Take(query.Limit)];
    }

    public IReadOnlyList<Sms> TakeReports(InfobipQuery query)
    {
        lock (gate)
        {
            List<Sms> fresh = [.. sent.Values.Where(sms => sms is { Status.IsFinal: true, IsReportFetched: false }).Where(query.Asks)
                .Take(query.Limit)];
            fresh.ForEach(sms => Save(sms with { IsReportFetched = true }));
            return fresh;
        }
    }

    public void Restore(JournalLine line)
    {
        if (line.Kind == JournalKind && line.Data.Deserialize<Sms>(JsonSerializerOptions.Web) is { } sms)
            lock (gate)
                Store(sms);
    }

    private void Report(Sms sms)
    {
        outbox.SetStatus(sms.OutboxId, sms.Status.Name);
        if (Webhooks.ToUrl(sms.ReportUrl) is not { } url)
            return;
        var json = JsonSerializer.Serialize(new { Results = new[] { InfobipViews.Report(sms) } }, JsonSerializerOptions.Web);
        webhooks.Enqueue(new WebhookCall(HttpMethod.Post, url, json)
        {
            RetriesRefusals = true,
            RetryAfter = TimeSpan.FromMilliseconds(options.ReportRetryMs),
        });
    }

    private void Save(Sms sms)
    {
        journal.Write(JournalKind, sms);
        Store(sms);
    }

    private void Store(Sms sms)
    {
        sent[sms.MessageId] = sms;
        if (sms.Status.IsFinal)
            underWay.Remove(sms.MessageId);
        else
            underWay.Add(sms.MessageId);
        if (sent.Count <= MaxKept)
            return;
        underWay.Remove(sent.GetAt(0).Key);
        sent.RemoveAt(0);
    }
}
