namespace EatFast.LocalEngine.Running;

/// <summary>What the engine has to know about one kind of resource to run it.</summary>
internal abstract class Runnable(IResource resource)
{
    public IResource Resource { get; } = resource;
    public string Name => Resource.Name;
    public virtual IEnumerable<string> Urls => [];

    /// <summary>Refuses with a sentence what cannot work, before anything is started.</summary>
    public abstract void Check();

    /// <summary>Makes ready and says how to start; called for every start, so it must not mind being repeated.</summary>
    public abstract Task<Launch> PrepareAsync(CancellationToken ct);

    /// <summary>Null when healthy, else what is wrong.</summary>
    public abstract Task<string?> ProbeAsync(CancellationToken ct);

    /// <summary>Runs once the first probe of a start succeeds and before anyone who waits goes on.</summary>
    public virtual Task CompleteStartAsync(CancellationToken ct) => Task.CompletedTask;
}
