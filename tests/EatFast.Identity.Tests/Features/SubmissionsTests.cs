using System.Text.Json;
using EatFast.Data;
using EatFast.Identity.Data;
using EatFast.Identity.Domain;
using EatFast.Security;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace EatFast.Identity.Tests.Features;

public sealed class SubmissionsTests(IdentitySystem system)
{
    [Fact]
    public async Task What_somebody_sent_goes_with_the_account_that_has_proven_the_address()
    {
        var someone = await FillAsync();
        var other = await FillAsync();
        await system.ProveAsync(someone.UserId);

        var export = JsonSerializer.SerializeToElement(await OfAsync(someone, (submissions, user) => submissions.ExportAsync(user, CancellationToken.None)));

        foreach (var part in new[] { "Messages", "Newsletter", "PartnerApplications" })
            Assert.Equal(someone.Email, Assert.Single(export.GetProperty(part).EnumerateArray()).GetProperty("Email").GetString());
        await ForgetAsync(someone);
        Assert.Equal((0, 0, 0), await CountAsync(someone));
        Assert.Equal((1, 1, 1), await CountAsync(other));
    }

    [Fact]
    public async Task An_account_that_has_proven_nothing_neither_sees_nor_erases_what_came_from_its_address()
    {
        var someone = await FillAsync();

        Assert.Null(await OfAsync(someone, (submissions, user) => submissions.ExportAsync(user, CancellationToken.None)));
        await ForgetAsync(someone);

        Assert.Equal((1, 1, 1), await CountAsync(someone));
    }

    [Fact]
    public async Task After_a_rotation_what_was_sent_is_under_the_new_key_and_reads_as_before()
    {
        const string old = "the-encryption-key-of-last-year-0123456789";
        var (before, now) = (new RowVault(new FieldCipher(RowVault.Purpose, old, [])), system.Clock.GetUtcNow());
        var content = new ContactContent("Awa", null, $"{Guid.NewGuid():N}@example.cm", null, "Sujet", "Bonjour", null);
        var message = ContactMessage.Of(content, "general", "normal", TestVault.Create().EmailIndex(content.Email), TestVault.Create().DigestOf(content.Email), now);
        ((IPersonalRow)message).Seal(before);

        var both = new RowVault(new FieldCipher(RowVault.Purpose, TestVault.Secret, [old]));
        ((IPersonalRow)message).Renew(both);
        await system.Identity.WithDbAsync(db =>
        {
            db.Add(message);
            return db.SaveChangesAsync();
        });

        var row = await system.Identity.WithDbAsync(db => db.ContactMessages.AsNoTracking().SingleAsync(row => row.Id == message.Id));
        Assert.Equal(content, row.Read());
        await using var scope = system.Identity.Services.CreateAsyncScope();
        var progress = new List<ResealProgress>();
        foreach (var kind in scope.ServiceProvider.GetServices<IResealProgress>())
            progress.Add(await kind.ReadAsync(CancellationToken.None));
        Assert.Equal(3, progress.Count);
        Assert.All(progress, kind => Assert.Equal(0, kind.Remaining));
    }

    private async Task<SignedIn> FillAsync()
    {
        var someone = await system.RegisterAsync();
        var email = someone.Email;
        await (await system.PostAsync("/api/v1/public/contact", new { name = "Awa", email, subject = "Sujet", message = "Bonjour" })).DataAsync();
        await (await system.PostAsync("/api/v1/public/newsletter", new { email })).DataAsync();
        await (await system.PostAsync("/api/v1/public/partner-applications", new { type = "driver", contactName = "Awa", email, phone = "677123456", city = "douala" })).DataAsync();
        return someone;
    }

    private async Task<TResult> OfAsync<TResult>(SignedIn someone, Func<Submissions, User, Task<TResult>> work)
    {
        await using var scope = system.Identity.Services.CreateAsyncScope();
        var user = await scope.ServiceProvider.GetRequiredService<IdentityDbContext>().Users.AsNoTracking().SingleAsync(row => row.Id == someone.UserId);
        return await work(scope.ServiceProvider.GetRequiredService<Submissions>(), user);
    }

    private Task<bool> ForgetAsync(SignedIn someone) => OfAsync(someone, async (submissions, user) =>
    {
        await submissions.ForgetAsync(user, CancellationToken.None);
        return true;
    });

    private Task<(int, int, int)> CountAsync(SignedIn someone)
    {
        var index = TestVault.Create().EmailIndex(someone.Email);
        return system.Identity.WithDbAsync(async db => (
            await db.ContactMessages.CountAsync(row => row.EmailIndex == index),
            await db.Subscriptions.CountAsync(row => row.EmailIndex == index),
            await db.PartnerApplications.CountAsync(row => row.EmailIndex == index)));
    }
}
