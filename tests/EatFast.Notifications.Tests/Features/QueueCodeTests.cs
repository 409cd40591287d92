using EatFast.Identity.Contracts;
using EatFast.Notifications.Domain;
using EatFast.Security;
using EatFast.Testing;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Notifications.Tests.Features;

public sealed class QueueCodeTests(NotificationsSystem system)
{
    private static readonly FieldCipher Cipher = new(CodeSeal.Purpose, "a-secret-for-tests-only-0123456789-0123456789", []);

    [Fact]
    public async Task A_code_goes_once_to_the_number_it_proves_and_rests_nowhere_readable()
    {
        var phone = $"+23769{Random.Shared.Next(1_000_000, 9_999_999)}";
        var issued = ACode("login", "sms", phone);

        await system.Service.DeliverAsync(issued, Guid.NewGuid(), times: 2);
        var row = await system.Service.WithDbAsync(db => db.Messages.AsNoTracking().SingleAsync(message => message.SubjectId == issued.CodeId));
        var sent = await system.FirstSentToAsync(phone);

        Assert.Contains("471147", sent.GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.Single(await system.SentToAsync(phone));
        Assert.DoesNotContain("471147", System.Text.Json.JsonSerializer.Serialize(row), StringComparison.Ordinal);
        await Eventually.AsTrue(async () => await SealedOfAsync(issued.CodeId) is null, "the words are erased once they left");
    }

    [Fact]
    public async Task A_guest_without_an_account_gets_one_at_the_number_that_was_named()
    {
        var phone = $"+23769{Random.Shared.Next(1_000_000, 9_999_999)}";

        await system.Service.DeliverAsync(ACode("guestPhone", "sms", phone) with { UserId = null, SealedToken = null }, Guid.NewGuid(), times: 2);

        var text = (await system.FirstSentToAsync(phone)).GetProperty("text").GetString();
        Assert.Contains("471147", text, StringComparison.Ordinal);
        Assert.Contains("espèces", text, StringComparison.Ordinal);
        Assert.Single(await system.SentToAsync(phone));
    }

    [Fact]
    public async Task By_mail_it_comes_with_a_link_in_the_language_of_the_account()
    {
        var address = $"code{Guid.NewGuid():N}@example.cm";

        await system.Service.DeliverAsync(ACode("resetPassword", "email", address) with { Language = "en" });

        var mail = (await system.FirstSentToAsync(address)).ToString();
        Assert.Contains("471147", mail, StringComparison.Ordinal);
        Assert.Contains("https://eatfast.cm/reset-password?token=a-long-token", mail, StringComparison.Ordinal);
        Assert.Contains("Choose a new password", mail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_code_that_ran_out_meanwhile_is_not_sent()
    {
        var issued = ACode("login", "sms", "+237690000001") with { ExpiresAt = system.Clock.GetUtcNow() };

        await system.Service.DeliverAsync(issued);

        Assert.False(await system.Service.WithDbAsync(db => db.Messages.AnyAsync(message => message.SubjectId == issued.CodeId)));
    }

    [Theory]
    [InlineData("active", "pending", "account.approved")]
    [InlineData("active", "suspended", "account.restored")]
    [InlineData("suspended", "active", "account.suspended")]
    [InlineData("inactive", "active", "account.closed")]
    public async Task Somebody_learns_once_what_became_of_the_account(string status, string before, string kind)
    {
        var userId = Guid.NewGuid();
        var changed = new UserStatusChanged(Guid.NewGuid(), userId, "customer", status, before, null, system.Clock.GetUtcNow());

        await system.Service.DeliverAsync(changed, Guid.NewGuid(), times: 2);
        await system.Service.DeliverAsync(changed);

        var told = await system.Service.WithDbAsync(db => db.Notifications.AsNoTracking().Where(row => row.UserId == userId).ToListAsync());
        Assert.Equal(kind, Assert.Single(told).Kind);
    }

    [Fact]
    public async Task A_new_role_is_told()
    {
        var changed = new UserRoleChanged(Guid.NewGuid(), Guid.NewGuid(), "admin", "customer", system.Clock.GetUtcNow());

        await system.Service.DeliverAsync(changed, Guid.NewGuid(), times: 2);

        var told = await system.Service.WithDbAsync(db => db.Notifications.AsNoTracking().SingleAsync(row => row.UserId == changed.UserId));
        Assert.Equal(NotificationKind.AccountRoleChanged.Name, told.Kind);
    }

    private Task<string?> SealedOfAsync(Guid codeId) => system.Service.WithDbAsync(db =>
        db.Messages.Where(message => message.SubjectId == codeId).Select(message => message.SealedText).SingleAsync());

    private CodeIssued ACode(string purpose, string channel, string address)
    {
        var (id, now) = (Guid.NewGuid(), system.Clock.GetUtcNow());
        string Seal(string value, string member) => Cipher.Seal(value, CodeSeal.Place(member, id));
        return new CodeIssued(
            id, Guid.NewGuid(), purpose, channel, Seal(address, "address"), Seal("471147", "code"), Seal("a-long-token", "token"),
            "fr", now.AddMinutes(5), now);
    }
}
