using System.Text.Json;
using EatFast.Security;

namespace EatFast.Identity.Domain;

/// <summary>
/// Something that people send without signing in. What names them rests sealed with the row's own key; the sender's address can be looked
/// up by its keyed hash alone.
/// </summary>
public abstract class Submission<TContent> : IPersonalRow where TContent : class
{
    private RowVault? _vault;
    private TContent? _content;

    public Guid Id { get; protected init; }

    public byte[] EmailIndex { get; protected init; } = null!;

    public string? DataKey { get; private set; }

    public string? SealedContent { get; private set; }

    public DateTimeOffset CreatedAt { get; protected init; }

    public DateTimeOffset UpdatedAt { get; protected set; }

    /// <summary>Where the row is: no key opens another one.</summary>
    protected abstract string Table { get; }

    private string Row => $"{Table}|{Id}";

    public TContent Read() => _content ??= JsonSerializer.Deserialize<TContent>(_vault!.Open(SealedContent!, DataKey!, Row, "content"))!;

    void IPersonalRow.Open(RowVault vault) => _vault = vault;

    void IPersonalRow.Seal(RowVault vault)
    {
        _vault = vault;
        if (SealedContent is not null || _content is null)
            return;
        DataKey ??= vault.NewKey(Row);
        SealedContent = vault.Seal(JsonSerializer.Serialize(_content), DataKey, Row, "content");
    }

    void IPersonalRow.Renew(RowVault vault)
    {
        if (DataKey is { Length: > 0 } key)
            DataKey = vault.Renew(key, Row);
    }

    /// <summary>Sealed by the next save.</summary>
    protected void Write(TContent content)
    {
        (_content, SealedContent) = (content, null);
        if (DataKey == RowVault.Shredded)
            DataKey = null;
    }

    protected void Shred() => (_content, SealedContent, DataKey) = (null, null, RowVault.Shredded);
}
