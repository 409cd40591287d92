namespace EatFast.Catalog.Domain;

/// <summary>Whose face a stored image is, so that it goes when the person leaves.</summary>
public sealed class Avatar
{
    public required Guid UserId { get; init; }
    /// <summary>The content's name, as in <see cref="ImageName"/>.</summary>
    public required string Content { get; init; }
    public required DateTimeOffset KeptAt { get; init; }
}
