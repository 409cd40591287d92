using System.ComponentModel.DataAnnotations;
using EatFast.Errors;
using EatFast.Http;
using EatFast.Identity.Data;
using EatFast.Identity.Data.Protection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace EatFast.Identity;

/// <summary>What text messages with codes cost, and may cost (section <c>Identity:Sms</c>).</summary>
internal sealed class SmsCosts
{
    [Range(1, 10_000)]
    public int PriceXaf { get; init; } = 25;

    [Range(1, 10_000_000)]
    public int PerRangeAndDayXaf { get; init; } = 10_000;
}

/// <summary>Pumping text messages to numbers that earn on them is an old fraud: one network range can only cause so much cost in a day. Mobile carriers share addresses among many subscribers, hence the room.</summary>
internal sealed class SmsBudget(
    IdentityDbContext db, CodeVault vault, IHttpContextAccessor accessor, IOptions<SmsCosts> costs)
{
    /// <summary>Null for what no client asked for.</summary>
    public byte[]? Range() => accessor.HttpContext is { } http ? vault.HashOfPlace("range", ClientAddress.RangeOf(http)) : null;

    /// <summary>Refuses with CODE_LIMIT_REACHED.</summary>
    public async Task RequireAsync(DateTimeOffset now, CancellationToken ct)
    {
        if (Range() is not { } range)
            return;
        var (since, most) = (now - TimeSpan.FromDays(1), costs.Value.PerRangeAndDayXaf / costs.Value.PriceXaf);
        // From ix_one_time_codes_origin_issued_at.
        var sent = await db.Codes.Where(code => code.Origin == range && code.IssuedAt > since)
            .OrderByDescending(code => code.IssuedAt).Select(code => code.IssuedAt).Take(most).ToListAsync(ct);
        if (sent.Count >= most)
            throw new RuleViolatedException(
                "CODE_LIMIT_REACHED", ("retryAfter", Math.Max(1, (int)Math.Ceiling((sent[^1].AddDays(1) - now).TotalSeconds))));
    }
}
