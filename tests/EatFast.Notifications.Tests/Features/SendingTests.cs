using EatFast.Notifications.Domain;
using EatFast.Testing;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace EatFast.Notifications.Tests.Features;

/// <summary>Both providers are away: nothing listens at their addresses.</summary>
public sealed class WithoutProviders : NotificationsSystem
{
    protected override Task HostAsync()
    {
        Set("Providers:Infobip:BaseUrl", "http://nobody");
        Set("Providers:Smtp:Host", "127.0.0.1");
        Set("Providers:Smtp:Port", "1");
        return base.HostAsync();
    }
}

public sealed class WithoutProvidersTests(WithoutProviders system) : IClassFixture<WithoutProviders>
{
    [Fact]
    public async Task Messages_are_tried_six_times_and_then_failed_with_a_reason()
    {
        var story = new Story(system);

        await system.Service.DeliverAsync(story.Cancelled());
        await system.Service.DeliverAsync(story.Delivered());

        await Eventually.AsTrue(async () => (await MessagesAsync(story)).Count == 2, "both are queued");
        foreach (var attempt in Enumerable.Range(1, 5))
        {
            await Eventually.AsTrue(
                async () => (await MessagesAsync(story)).TrueForAll(row => row.Attempts >= attempt && row.LeaseUntil is null),
                $"try {attempt}");
            system.Clock.Advance(OutgoingMessage.PauseAfter(attempt)!.Value);
        }
        await Eventually.AsTrue(
            async () => (await MessagesAsync(story)).TrueForAll(row => row.Status == MessageStatus.Failed), "both were given up");
        Assert.All(await MessagesAsync(story), row => Assert.False(string.IsNullOrEmpty(row.Reason)));
    }

    private Task<List<OutgoingMessage>> MessagesAsync(Story story) =>
        system.Service.WithDbAsync(db => db.Messages.AsNoTracking().Where(row => row.UserId == story.CustomerId).ToListAsync());
}

public sealed class SendingTests(NotificationsSystem system)
{
    private Task<OutgoingMessage> MessageAsync(Story story, string channel) => Eventually.Value(
        () => system.Service.WithDbAsync(db =>
            db.Messages.AsNoTracking().SingleOrDefaultAsync(row => row.UserId == story.CustomerId && row.Channel == channel)),
        "a message is there");

    private Task HasStatusAsync(Story story, string channel, string status) => Eventually.AsTrue(
        async () => (await MessageAsync(story, channel)).Status == status, $"the message is {status}");

    [Fact]
    public async Task A_text_that_was_sent_before_the_crash_is_not_sent_again()
    {
        var story = new Story(system);
        await system.Service.DeliverAsync(story.Cancelled());
        await HasStatusAsync(story, Channels.Sms, MessageStatus.Delivered);

        await system.Service.WithDbAsync(db => db.Messages.Where(row => row.UserId == story.CustomerId)
            .ExecuteUpdateAsync(row => row.SetProperty(r => r.Status, MessageStatus.Queued)));

        await HasStatusAsync(story, Channels.Sms, MessageStatus.Sent);
        Assert.Single(await system.SentToAsync(story.Phone));
    }

    [Fact]
    public async Task An_address_without_mailbox_fails_at_once()
    {
        var story = new Story(system, email: $"{Guid.NewGuid():N}@undeliverable.test");

        await system.Service.DeliverAsync(story.Delivered());

        await HasStatusAsync(story, Channels.Email, MessageStatus.Failed);
        var message = await MessageAsync(story, Channels.Email);
        Assert.Equal((1, "The mail server refused: 550."), (message.Attempts, message.Reason));
    }

    [Fact]
    public async Task Somebody_whom_Identity_does_not_know_gets_nothing()
    {
        var story = new Story(system);
        system.Identity.Contacts.TryRemove(story.CustomerId.ToString(), out _);

        await system.Service.DeliverAsync(story.Cancelled());

        await HasStatusAsync(story, Channels.Sms, MessageStatus.Failed);
    }

    [Fact]
    public async Task The_service_can_read_no_other_schema()
    {
        await using var owner = new NpgsqlConnection(system.OwnerConnection);
        await owner.OpenAsync(NotificationsSystem.Ct);
        await using var create = new NpgsqlCommand(
            "CREATE SCHEMA IF NOT EXISTS foreigners; CREATE TABLE IF NOT EXISTS foreigners.secrets (id int)", owner);
        await create.ExecuteNonQueryAsync(NotificationsSystem.Ct);
        await using var own = await system.Service.OpenOwnConnectionAsync();
        await using var look = new NpgsqlCommand("SELECT * FROM foreigners.secrets", own);

        var refused = await Assert.ThrowsAsync<PostgresException>(() => look.ExecuteReaderAsync(NotificationsSystem.Ct));

        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refused.SqlState);
    }
}
