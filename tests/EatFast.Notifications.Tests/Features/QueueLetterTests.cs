using System.Text.Json;
using EatFast.Identity.Contracts;
using EatFast.Security;
using EatFast.Testing;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Notifications.Tests.Features;

public sealed class QueueLetterTests(NotificationsSystem system)
{
    private static readonly FieldCipher Cipher = new(LetterSeal.Purpose, "a-secret-for-tests-only-0123456789-0123456789", []);
    private readonly string _address = $"letter{Guid.NewGuid():N}@example.cm";

    [Fact]
    public async Task The_question_whether_the_newsletter_is_wanted_goes_once_with_both_links()
    {
        var letter = ALetter("newsletter.confirm", "fr", ("token", "a-long-token"));

        await system.Service.DeliverAsync(letter, Guid.NewGuid(), times: 2);

        var mail = (await system.FirstSentToAsync(_address)).ToString();
        Assert.Contains("https://eatfast.cm/newsletter/confirm?token=a-long-token", mail, StringComparison.Ordinal);
        Assert.Contains("https://eatfast.cm/newsletter/unsubscribe?token=a-long-token", mail, StringComparison.Ordinal);
        Assert.Single(await system.SentToAsync(_address));
        await Eventually.AsTrue(async () => await SealedOfAsync(letter) is null, "the words are erased once they left");
    }

    [Fact]
    public async Task Support_reads_what_somebody_wrote_and_braces_in_it_stay_as_they_are()
    {
        var letter = ALetter(
            "support.contact", "fr", ("name", "Awa"), ("email", "awa@example.cm"), ("subject", "Perdu"), ("message", "Où est {email} ?"), ("reference", "CT-1"));

        await system.Service.DeliverAsync(letter);

        var mail = (await system.FirstSentToAsync(_address)).ToString();
        Assert.Contains("CT-1", mail, StringComparison.Ordinal);
        Assert.Contains("{email} ?", mail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_applicant_learns_the_decision_in_their_language()
    {
        await system.Service.DeliverAsync(ALetter("partner.rejected", "en", ("name", "Awa"), ("reason", "Not in your area"), ("applicationId", "42")));

        var mail = (await system.FirstSentToAsync(_address)).ToString();
        Assert.Contains("was not accepted for now", mail, StringComparison.Ordinal);
        Assert.Contains("Not in your area", mail, StringComparison.Ordinal);
    }

    private Task<string?> SealedOfAsync(LetterIssued letter) => system.Service.WithDbAsync(db =>
        db.Messages.Where(message => message.SubjectId == letter.LetterId).Select(message => message.SealedText).SingleAsync());

    private LetterIssued ALetter(string kind, string language, params (string Name, string Value)[] values)
    {
        var id = Guid.NewGuid();
        string Seal(string value, string member) => Cipher.Seal(value, LetterSeal.Place(member, id));
        var said = JsonSerializer.Serialize(values.ToDictionary(value => value.Name, value => value.Value));
        return new(id, kind, Seal(_address, "address"), Seal(said, "values"), language, system.Clock.GetUtcNow());
    }
}
