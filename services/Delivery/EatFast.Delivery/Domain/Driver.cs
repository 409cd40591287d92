using EatFast.Errors;

namespace EatFast.Delivery.Domain;

public enum DriverStatus
{
    Offline,
    Online,
    Busy
}

/// <summary>Someone who carries food; the id is that of the user account. ReportPosition writes positions past it.</summary>
public sealed partial class Driver
{
    private Driver()
    {
    }

    public Guid Id { get; private init; }
    public string Vehicle { get; private init; } = "motorcycle";
    public DriverStatus Status { get; private set; }
    public decimal Rating { get; private init; }
    public int CompletedDeliveries { get; private set; }
    /// <summary>False while the driver holds so much of our cash that some has to be handed over first; FollowDriverCash writes it.</summary>
    public bool MayTakeCash { get; private init; } = true;
    public double? Latitude { get; private set; }
    public double? Longitude { get; private set; }
    public DateTimeOffset? PositionAt { get; private set; }
    public long? PositionSequence { get; private set; }
    public DateTimeOffset CreatedAt { get; private init; }
    public DateTimeOffset UpdatedAt { get; private set; }
    public int Version { get; private set; }

    public GeoPoint? Position => Latitude is { } latitude && Longitude is { } longitude ? new GeoPoint(latitude, longitude) : null;

    public static Driver Register(Guid userId, string name, string phone, DateTimeOffset now) =>
        new() { Id = userId, StoredName = name, StoredPhone = phone, CreatedAt = now, UpdatedAt = now };

    /// <summary>A busy driver stays busy. The sequence starts anew, because a restarted app counts from one again.</summary>
    public void GoOnline(DateTimeOffset now)
    {
        Change(Status == DriverStatus.Busy ? DriverStatus.Busy : DriverStatus.Online, now);
        PositionSequence = null;
    }

    /// <summary>Refuses with DRIVER_BUSY: food on the way cannot be left alone.</summary>
    public void GoOffline(DateTimeOffset now)
    {
        if (Status == DriverStatus.Busy)
            throw new RuleViolatedException("DRIVER_BUSY");
        Change(DriverStatus.Offline, now);
    }

    public void MoveTo(GeoPoint position, DateTimeOffset now) =>
        (Latitude, Longitude, PositionAt) = (position.Latitude, position.Longitude, Fix.Stamp(now));

    /// <summary>Refuses with DRIVER_OFFLINE, DRIVER_BUSY or CASH_CEILING_REACHED.</summary>
    public void TakeJob(bool isCash, DateTimeOffset now)
    {
        if (Status != DriverStatus.Online)
            throw new RuleViolatedException(Status == DriverStatus.Busy ? "DRIVER_BUSY" : "DRIVER_OFFLINE");
        if (isCash && !MayTakeCash)
            throw new RuleViolatedException("CASH_CEILING_REACHED");
        Change(DriverStatus.Busy, now);
    }

    public void CompleteJob(DateTimeOffset now)
    {
        CompletedDeliveries++;
        Release(now);
    }

    /// <summary>The job is gone without being done.</summary>
    public void Release(DateTimeOffset now)
    {
        if (Status == DriverStatus.Busy)
            Change(DriverStatus.Online, now);
    }

    private void Change(DriverStatus status, DateTimeOffset now)
    {
        (Status, UpdatedAt) = (status, now);
        Version++;
    }
}
