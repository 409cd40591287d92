namespace EatFast.Load.Http;

/// <summary>Signs people in, and keeps them signed in through a run of any length.</summary>
internal sealed class Sessions(Api api, TimeProvider clock)
{
    // Access tokens live for fifteen minutes.
    private static readonly TimeSpan RenewAfter = TimeSpan.FromMinutes(10);

    public async Task SignInAsync(Person person, CancellationToken ct)
    {
        var body = Bodies.Object(json =>
        {
            json.WriteString("email", person.Email);
            json.WriteString("password", person.Password);
        });
        var answer = await api.SendAsync(new Call(Calls.SignIn, HttpMethod.Post, "/api/v1/auth/login") { Body = body }, ct);
        if (!Take(person, answer))
            throw new LoadFailedException($"{person.Email} cannot sign in: {answer.Status} {answer.ErrorCode}.");
    }

    /// <summary>Remembers what a sign-in, a registration or a refresh answered; false when it was refused.</summary>
    public bool Take(Person person, Answer answer)
    {
        if (!answer.IsGood || answer.Data("accessToken") is not { } token || answer.Data("refreshToken") is not { } refreshToken)
            return false;
        var id = Json.Find(answer.Body, "id", depth: 3);
        person.SignedIn(id is null ? person.Id : Guid.Parse(id), token, refreshToken, clock.GetTimestamp());
        return true;
    }

    public Task KeepAsync(Person person, CancellationToken ct) =>
        clock.GetElapsedTime(person.SignedInAt) < RenewAfter ? Task.CompletedTask : RenewAsync(person, ct);

    public async Task RenewAsync(Person person, CancellationToken ct)
    {
        var stale = person.Token;
        await person.Renewal.WaitAsync(ct);
        try
        {
            // Somebody else renewed it while we waited.
            if (person.Token != stale)
                return;
            var body = Bodies.Object(json => json.WriteString("refreshToken", person.RefreshToken));
            var refresh = new Call(Calls.Refresh, HttpMethod.Post, "/api/v1/auth/refresh") { Body = body };
            if (!Take(person, await api.SendAsync(refresh, ct)))
                await SignInAsync(person, ct);
        }
        finally
        {
            person.Renewal.Release();
        }
    }
}
