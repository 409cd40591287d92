using EatFast.Errors;
using EatFast.Identity.Credentials;

namespace EatFast.Identity.Tests.Credentials;

public sealed class PasswordHasherTests
{
    [Fact]
    public async Task A_hash_is_bcrypt_with_its_own_salt_and_verifies()
    {
        using var passwords = new PasswordHasher(4, 10);

        var hashes = new[] { await passwords.HashAsync("Mot-de-Passe-1", default), await passwords.HashAsync("Mot-de-Passe-1", default) };

        Assert.NotEqual(hashes[0], hashes[1]);
        Assert.All(hashes, hash => Assert.StartsWith("$2", hash, StringComparison.Ordinal));
        Assert.True(await passwords.VerifyAsync("Mot-de-Passe-1", hashes[0], default));
        Assert.False(await passwords.VerifyAsync("Mot-de-Passe-2", hashes[0], default));
    }

    [Fact]
    public async Task Nobody_has_no_password_that_matches()
    {
        using var passwords = new PasswordHasher(4, 10);

        Assert.False(await passwords.VerifyAsync("nobody's password", null, default));
    }

    [Fact]
    public async Task Beyond_the_queue_sign_ins_are_told_to_come_back_and_the_rest_are_served()
    {
        using var passwords = new PasswordHasher(8, queue: 2);
        var admitted = Environment.ProcessorCount + 2;

        var attempts = Enumerable.Range(0, admitted + 5).Select(_ => passwords.HashAsync("Mot-de-Passe-1", default)).ToList();

        var busy = 0;
        foreach (var attempt in attempts)
            busy += await Record.ExceptionAsync(() => attempt) is RuleViolatedException { Code: "SERVICE_BUSY" } ? 1 : 0;
        Assert.Equal(5, busy);
    }
}
