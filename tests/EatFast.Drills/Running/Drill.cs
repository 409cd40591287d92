using EatFast.Load;

namespace EatFast.Drills.Running;

/// <summary>One kind of misfortune: it is inflicted while orders go on, and everything is checked afterwards.</summary>
internal abstract class Drill
{
    public abstract string Id { get; }

    public abstract string Title { get; }

    /// <summary>What the trials of this drill are, for the bound: "kills", "races".</summary>
    public virtual string Trials => "faults";

    /// <summary>False when the outbox's lag says nothing here, because the drill delays messages itself.</summary>
    public virtual bool MeasuresLag => true;

    /// <summary>How long the system runs under load first when it begins with this drill.</summary>
    public virtual TimeSpan WarmUp => TimeSpan.FromSeconds(12);

    public virtual LoadOptions Shape(LoadOptions load) => load;

    public abstract Task InflictAsync(Stage stage, CancellationToken ct);

    /// <summary>What is tried once the load has ended and nobody does anything that could hide a mistake.</summary>
    public virtual Task AftermathAsync(Stage stage, CancellationToken ct) => Task.CompletedTask;
}
