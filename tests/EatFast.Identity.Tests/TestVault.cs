using EatFast.Identity.Data.Protection;
using EatFast.Security;

namespace EatFast.Identity.Tests;

/// <summary>The service's own vault over the secrets of the test system.</summary>
internal static class TestVault
{
    public const string Secret = "a-secret-for-tests-only-0123456789-0123456789";

    public static PersonalDataVault Create(string encryption = Secret, params string[] retired) =>
        new(new FieldCipher(PersonalDataVault.Purpose, encryption, retired), Secret);
}
