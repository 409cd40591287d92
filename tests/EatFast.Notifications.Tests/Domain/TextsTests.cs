using EatFast.Notifications.Domain;

namespace EatFast.Notifications.Tests.Domain;

public sealed class TextsTests
{
    private const string Gsm7 =
        "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
        + "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";

    private static readonly Texts Texts = new();

    public static TheoryData<string> Worded =>
        [.. NotificationKind.All.Where(kind => kind != NotificationKind.OperatorSms).Select(kind => kind.Name)];

    [Fact]
    public void Both_languages_word_exactly_the_kinds_there_are()
    {
        var kinds = Worded.Select(row => row.Data).Order();

        Assert.Equal(kinds, Texts.French.Keys.Order());
        Assert.Equal(kinds, Texts.English.Keys.Order());
    }

    [Theory]
    [MemberData(nameof(Worded))]
    public void Both_languages_use_the_same_placeholders(string kind)
    {
        var (french, english) = (Texts.French[kind], Texts.English[kind]);

        Assert.Equal(PlaceholdersOf(french.Title), PlaceholdersOf(english.Title));
        Assert.Equal(PlaceholdersOf(french.Body), PlaceholdersOf(english.Body));
        Assert.Equal(PlaceholdersOf(french.Sms), PlaceholdersOf(english.Sms));
        Assert.Equal(PlaceholdersOf(french.Email), PlaceholdersOf(english.Email));
    }

    [Theory]
    [MemberData(nameof(Worded))]
    public void Each_channel_of_a_kind_has_its_wording(string name)
    {
        var kind = NotificationKind.Of(name);

        foreach (var template in new[] { Texts.French[name], Texts.English[name] })
        {
            Assert.Equal(kind.Sms != SmsRule.Never, template.Sms is not null);
            Assert.Equal(kind.HasEmail, template.Email is not null);
        }
    }

    [Theory]
    [MemberData(nameof(Worded))]
    public void A_text_fits_one_part(string kind)
    {
        var values = new Dictionary<string, string>
        {
            ["orderNumber"] = "EF-20260102-000001",
            ["amount"] = "1 234 500 FCFA",
            ["dropCode"] = "471100",
            ["minutes"] = "120"
        };

        foreach (var sms in new[] { Texts.Of(kind, "fr", values).Sms, Texts.Of(kind, "en", values).Sms })
        {
            Assert.True((sms ?? "").Length <= 160, sms);
            Assert.Empty((sms ?? "").Except(Gsm7));
        }
    }

    [Fact]
    public void Markup_in_a_value_stays_text() =>
        Assert.Contains("&lt;b&gt;", Texts.Html("Chez <b>Tantine</b>"), StringComparison.Ordinal);

    private static IEnumerable<string> PlaceholdersOf(string? text) =>
        Texts.Placeholder().Matches(text ?? "").Select(match => match.Value).Order();
}
