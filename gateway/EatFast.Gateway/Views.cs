using System.Text.Json.Serialization;

namespace EatFast.Gateway;

internal sealed record GatewayHealth(string Status, string Version);

internal sealed record SystemHealth(
    string Status,
    string Version,
    double UptimeSeconds,
    DateTimeOffset Timestamp,
    IReadOnlyList<PartHealth> Services,
    IReadOnlyList<PartHealth> Stores,
    IReadOnlyList<PartHealth> Providers,
    MemoryUse Memory);

/// <summary>A service, a store or a provider; the last three are known only where its process runs on this machine.</summary>
internal sealed record PartHealth(string Name, string Status, double? LatencyMs, Dictionary<string, CheckHealth> Checks)
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? UptimeSeconds { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Restarts { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? MemoryMb { get; init; }
}

internal sealed record CheckHealth(string Status, double DurationMs);

/// <summary>Proportional set sizes: of everything, and of the .NET processes alone.</summary>
internal sealed record MemoryUse(double TotalMb, double DotNetMb, IReadOnlyDictionary<string, double> Processes);
