using System.Security.Cryptography;
using EatFast.Identity.Domain;

namespace EatFast.Identity.Tests.Data;

public sealed class PersonalDataVaultTests
{
    private static readonly PersonalData Person = new("aicha@example.cm", "+237677000000", "Aïcha", "Ngo Bell");

    [Fact]
    public void What_was_sealed_opens_again()
    {
        var vault = TestVault.Create();

        Assert.Equal(Person, vault.Open(UserWith(vault.Seal(Id, Person), Id)));
    }

    [Fact]
    public void Each_value_is_sealed_anew_in_the_stated_format()
    {
        var (first, second) = (TestVault.Create().Seal(Id, Person), TestVault.Create().Seal(Id, Person));

        Assert.NotEqual(first.Phone, second.Phone);
        Assert.Matches(@"\Av1\|[0-9a-f]{8}\|[A-Za-z0-9+/]{16}\|[A-Za-z0-9+/=]+\|[A-Za-z0-9+/=]{24}\z", first.Phone);
        Assert.Equal(first.PhoneIndex, second.PhoneIndex);
    }

    [Fact]
    public void A_value_moved_to_another_row_or_column_does_not_open()
    {
        var vault = TestVault.Create();
        var sealedPerson = vault.Seal(Id, Person);

        Assert.ThrowsAny<CryptographicException>(() => vault.Open(UserWith(sealedPerson, Guid.NewGuid())));
        Assert.ThrowsAny<CryptographicException>(() => vault.Open(UserWith(sealedPerson with { Phone = sealedPerson.Email }, Id)));
    }

    [Fact]
    public void After_a_key_change_old_rows_open_with_the_retired_key_and_without_it_the_error_names_it()
    {
        var old = TestVault.Create().Seal(Id, Person);
        const string fresh = "a-new-secret-for-tests-0123456789-0123456789";

        Assert.Equal(Person, TestVault.Create(fresh, TestVault.Secret).Open(UserWith(old, Id)));
        var lost = Assert.Throws<CryptographicException>(() => TestVault.Create(fresh).Open(UserWith(old, Id)));
        Assert.Contains(old.DataKey!.Split('|')[1], lost.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_indexes_of_two_columns_never_agree_and_an_address_is_found_in_any_case()
    {
        var vault = TestVault.Create();

        Assert.NotEqual(vault.EmailIndex("same"), vault.PhoneIndex("same"));
        Assert.Equal(vault.EmailIndex("aicha@example.cm"), vault.EmailIndex(" AICHA@example.cm"));
    }

    [Fact]
    public void Personal_data_does_not_print_itself() =>
        Assert.DoesNotContain("Ngo", $"{Person}", StringComparison.Ordinal);

    private static readonly Guid Id = Guid.NewGuid();

    private static User UserWith(SealedPersonalData person, Guid id) =>
        User.Register(id, person, "hash", UserRole.Customer, "fr", null, DateTimeOffset.UnixEpoch);
}
