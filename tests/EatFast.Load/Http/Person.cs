namespace EatFast.Load.Http;

/// <summary>Someone with an account; the token is renewed before it expires.</summary>
internal sealed class Person(string email, string password)
{
    public string Email => email;

    public string Password => password;

    public Guid Id { get; private set; }

    public string Token { get; private set; } = "";

    public string RefreshToken { get; private set; } = "";

    /// <summary>Timestamp.</summary>
    public long SignedInAt { get; private set; }

    /// <summary>One renewal at a time: a refresh token that is used twice ends the session.</summary>
    public SemaphoreSlim Renewal { get; } = new(1);

    public void SignedIn(Guid id, string token, string refreshToken, long at) =>
        (Id, Token, RefreshToken, SignedInAt) = (id, token, refreshToken, at);
}
