using EatFast.Notifications.Domain;
using EatFast.Payments.Contracts;
using EatFast.Testing;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Notifications.Tests.Features;

public sealed class NotifyCustomerTests(NotificationsSystem system)
{
    private Task<List<string>> KindsAsync(Guid userId) => system.Service.WithDbAsync(db =>
        db.Notifications.Where(row => row.UserId == userId).Select(row => row.Kind).Order().ToListAsync());

    private Task<List<string>> MessagesAsync(Guid userId) => system.Service.WithDbAsync(db =>
        db.Messages.Where(row => row.UserId == userId).OrderBy(row => row.Kind).Select(row => row.Kind + ":" + row.Channel).ToListAsync());

    [Fact]
    public async Task Each_step_is_told_once_though_each_message_comes_twice()
    {
        var story = new Story(system);

        await TwiceAsync(story.Placed());
        await TwiceAsync(story.Released());
        await TwiceAsync(story.Confirmed());
        await TwiceAsync(story.Preparing());
        await TwiceAsync(story.Ready());
        await TwiceAsync(story.PickedUp());
        await TwiceAsync(story.InTransit());
        await TwiceAsync(story.Delivered());
        await TwiceAsync(story.Completed());

        string[] told = ["confirmed", "delivered", "in_transit", "picked_up", "placed", "preparing", "ready", "released"];
        await Eventually.AsTrue(async () => (await KindsAsync(story.CustomerId)).Count >= told.Length, "every step was told");
        await Eventually.AsTrue(async () => (await KindsAsync(story.OwnerId)).Count > 0, "the restaurant was told");
        Assert.Equal(told.Select(step => $"order.{step}"), await KindsAsync(story.CustomerId));
        Assert.Equal(["order.delivered:email", "order.picked_up:sms", "order.released:email"], await MessagesAsync(story.CustomerId));
        Assert.Equal(["restaurant.new_order"], await KindsAsync(story.OwnerId));
    }

    private Task TwiceAsync<TMessage>(TMessage message) where TMessage : class =>
        system.Service.DeliverAsync(message, Guid.NewGuid(), times: 2);

    [Fact]
    public async Task The_same_news_under_another_id_is_told_once()
    {
        var story = new Story(system);

        await system.Service.DeliverAsync(story.Cancelled());
        await system.Service.DeliverAsync(story.Cancelled());
        await system.FirstSentToAsync(story.Phone);

        Assert.Equal(["order.cancelled"], await KindsAsync(story.CustomerId));
        Assert.Equal(["order.cancelled:sms"], await MessagesAsync(story.CustomerId));
    }

    [Fact]
    public async Task A_refusal_is_texted_and_the_report_is_kept()
    {
        var story = new Story(system);

        await system.Service.DeliverAsync(story.Rejected());

        var sms = await system.FirstSentToAsync(story.Phone);
        Assert.Contains($"votre commande {story.Number}", sms.Text("text"), StringComparison.Ordinal);
        Assert.Equal("EatFast", sms.Text("from"));
        await Eventually.AsTrue(async () => await StatusAsync(story) == MessageStatus.Delivered, "the delivery report arrived");
    }

    [Fact]
    public async Task A_number_that_belongs_to_nobody_ends_as_undeliverable()
    {
        var story = new Story(system, phone: $"+23767{Random.Shared.Next(100, 999)}0000");

        await system.Service.DeliverAsync(story.Cancelled());

        await Eventually.AsTrue(async () => await StatusAsync(story) == MessageStatus.Undeliverable, "the bad report arrived");
    }

    [Fact]
    public async Task A_refund_is_told_with_its_amount()
    {
        var story = new Story(system);
        var refund = new RefundIssued(Guid.NewGuid(), Guid.NewGuid(), story.OrderId, 6500, true, system.Clock.GetUtcNow());

        await system.Service.DeliverAsync(refund, Guid.NewGuid(), times: 2);

        var sms = await system.FirstSentToAsync(story.Phone);
        Assert.Equal($"EatFast : nous vous remboursons 6 500 FCFA pour la commande {story.Number}.", sms.Text("text"));
        Assert.Equal(["payment.refunded"], await KindsAsync(story.CustomerId));
    }

    [Fact]
    public async Task A_refund_of_an_order_that_nobody_knows_is_passed_over() =>
        await system.Service.DeliverAsync(
            new RefundIssued(Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid(), 100, true, system.Clock.GetUtcNow()));

    [Fact]
    public async Task The_confirmation_mail_has_lines_and_total()
    {
        var story = new Story(system);

        await system.Service.DeliverAsync(story.Released(), Guid.NewGuid(), times: 2);

        var mail = await system.FirstSentToAsync(story.Email);
        Assert.Equal($"Commande {story.Number} envoyée au restaurant", mail.Text("subject"));
        Assert.Contains("2 x Ndolé : 6 000 FCFA", mail.Text("text"), StringComparison.Ordinal);
        Assert.Contains("Total : 6 500 FCFA", mail.Text("text"), StringComparison.Ordinal);
        Assert.Contains("Chez Tantine &amp; Fils", mail.Text("html"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_code_is_in_the_text_but_not_in_our_tables()
    {
        var story = new Story(system);

        await system.Service.DeliverAsync(story.PickedUp());

        Assert.Contains("4711", (await system.FirstSentToAsync(story.Phone)).Text("text"), StringComparison.Ordinal);
        var stored = await system.Service.WithDbAsync(db => db.Messages.AsNoTracking().SingleAsync(row => row.UserId == story.CustomerId));
        Assert.DoesNotContain("4711", string.Join(',', stored.Values.Values), StringComparison.Ordinal);
    }

    private Task<string?> StatusAsync(Story story) => system.Service.WithDbAsync(db =>
        db.Messages.Where(row => row.UserId == story.CustomerId && row.Channel == Channels.Sms)
            .Select(row => row.Status).SingleOrDefaultAsync());
}
