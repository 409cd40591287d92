using EatFast.Payments.Contracts;

namespace EatFast.Payments.Data;

/// <summary>One version of the rules as it is stored; the newest number is the one that is in force, the older ones explain decisions.</summary>
public sealed class RiskRulesRow
{
    public int Number { get; init; }
    public required string Version { get; init; }
    public required string Body { get; init; }
    public required Guid CreatedBy { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
}

/// <summary>
/// Something that accounts may share (a phone, a device, an address), under a keyed hash: it can be found again by who knows it, and
/// tells nothing by itself.
/// </summary>
public sealed class RiskMark
{
    public const string Phone = "phone";
    /// <summary>The number of the account that orders, hashed like one that was charged; it is none that was tried.</summary>
    public const string OwnPhone = "own_phone";
    public const string Device = "device";
    public const string Address = "address";
    /// <summary>Never a number that was only typed: whoever shares this one is one person.</summary>
    public const string ProvenPhone = DeviceMark.ProvenPhoneKind;

    public required string Kind { get; init; }
    public required string Mark { get; init; }
    public required Guid CustomerId { get; init; }
    public required DateTimeOffset FirstSeenAt { get; init; }
}

/// <summary>A cash order whose food came back: nobody took it at the door.</summary>
public sealed class FailedHandOver
{
    public required Guid OrderId { get; init; }
    public required Guid CustomerId { get; init; }
    public string? Address { get; init; }
    public required DateTimeOffset FailedAt { get; init; }
}
