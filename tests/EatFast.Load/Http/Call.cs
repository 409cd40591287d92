namespace EatFast.Load.Http;

/// <summary>One call of a person, with all its attempts.</summary>
internal sealed record Call(string Name, HttpMethod Method, string Path)
{
    public Person? By { get; init; }

    public byte[]? Body { get; init; }

    public string? Key { get; init; }

    public int Flow { get; init; }

    public Guid? OrderId { get; init; }

    /// <summary>Timestamp from which the latency counts; 0 for when it is sent.</summary>
    public long Due { get; init; }

    /// <summary>Reads change nothing, and are not journalled.</summary>
    public bool IsJournalled => Method != HttpMethod.Get && Flow > 0;
}

/// <summary>A call met outages for longer than its caller has patience.</summary>
internal sealed class NoAnswerException(string call, int attempts, string last)
    : Exception($"{call}: no answer in {attempts} attempts, last {last}");
