namespace EatFast.ProviderSimulator.State;

/// <summary>How a call is answered, whoever the provider is: timeout and error500 do nothing, lost_answer and slow do the work first.</summary>
internal sealed record AnswerFaults(int HangMs, int SlowMs, TimeProvider Clock)
{
    public const string Timeout = "timeout";
    public const string Error500 = "error500";
    public const string LostAnswer = "lost_answer";
    public const string Slow = "slow";

    public static readonly IReadOnlyList<string> Kinds = [Timeout, Error500, LostAnswer, Slow];

    public async Task<IResult> AroundAsync(HttpContext http, Predicate<string> strikes, Func<Task<IResult>> call)
    {
        if (strikes(Timeout))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(HangMs), Clock, http.RequestAborted);
            return Results.StatusCode(StatusCodes.Status504GatewayTimeout);
        }

        if (strikes(Error500))
            return Results.Content("<h1>Server Error (500)</h1>", "text/html", statusCode: StatusCodes.Status500InternalServerError);

        var answer = await call();
        if (strikes(LostAnswer))
        {
            http.Abort();
            return Results.Empty;
        }

        if (strikes(Slow))
            await Task.Delay(TimeSpan.FromMilliseconds(SlowMs), Clock, http.RequestAborted);
        return answer;
    }
}
