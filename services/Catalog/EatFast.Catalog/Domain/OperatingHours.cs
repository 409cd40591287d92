namespace EatFast.Catalog.Domain;

/// <summary>
/// A week in local time, such as monday -> "08:00-22:00" or "11:00-15:00,18:00-02:00"; a close that is not after the open means
/// the next morning, and a day with any other text, or none, is closed. The database function is_open is what reads them.
/// </summary>
public sealed record OperatingHours
{
    private static readonly string[] Weekdays = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

    public OperatingHours(IReadOnlyDictionary<string, string> byDay) =>
        ByDay = Weekdays.Where(byDay.ContainsKey).ToDictionary(day => day, day => byDay[day]);

    public IReadOnlyDictionary<string, string> ByDay { get; }

    public static OperatingHours Never { get; } = new(new Dictionary<string, string>());

    /// <summary>The words of a day that mean something; anything else counts as closed.</summary>
    public static bool IsWeekday(string day) => Weekdays.Contains(day);

    public static OperatingHours EveryDay(string spans) => new(Weekdays.ToDictionary(day => day, _ => spans));
}
