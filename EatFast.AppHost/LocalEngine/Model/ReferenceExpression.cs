using System.Runtime.CompilerServices;
using System.Text;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Text with holes: filled with values when run, with placeholders when published.</summary>
public sealed class ReferenceExpression : IValueProvider, IManifestExpressionProvider
{
    private readonly List<object> parts;

    internal ReferenceExpression(List<object> parts) => this.parts = parts;

    public string ValueExpression =>
        string.Concat(parts.Select(part => part is IManifestExpressionProvider hole ? hole.ValueExpression : part));

    internal IEnumerable<UriEncoded> EncodedValues => parts.OfType<UriEncoded>();

    public static ReferenceExpression Create(in ExpressionInterpolatedStringHandler handler) => new(handler.Parts);

    public async ValueTask<string?> GetValueAsync(CancellationToken cancellationToken = default)
    {
        var text = new StringBuilder();
        foreach (var part in parts)
            text.Append(part is IValueProvider hole ? await hole.GetValueAsync(cancellationToken) : (string)part);
        return text.ToString();
    }

    [InterpolatedStringHandler]
    public readonly ref struct ExpressionInterpolatedStringHandler(int literalLength, int formattedCount)
    {
        internal List<object> Parts { get; } = new(formattedCount + (literalLength > 0 ? formattedCount + 1 : 0));

        public void AppendLiteral(string value) => Parts.Add(value);

        public void AppendFormatted(string? value) => Parts.Add(value ?? "");

        public void AppendFormatted<T>(T valueProvider) where T : IValueProvider, IManifestExpressionProvider => Add(valueProvider, null);

        public void AppendFormatted<T>(T valueProvider, string format)
            where T : IValueProvider, IManifestExpressionProvider => Add(valueProvider, format);

        public void AppendFormatted<T>(IResourceBuilder<T> resource) where T : IResource, IValueProvider, IManifestExpressionProvider =>
            Add(resource.Resource, null);

        private void Add(object valueProvider, string? format) =>
            Parts.Add(format == "uri" && valueProvider is ParameterResource parameter ? new UriEncoded(parameter) : valueProvider);
    }
}

/// <summary>A parameter inside a URI; a manifest has to say so with a resource of its own.</summary>
internal sealed record UriEncoded(ParameterResource Parameter) : IValueProvider, IManifestExpressionProvider
{
    public string ResourceName => $"{Parameter.Name}-uri-encoded";
    public string ValueExpression => $"{{{ResourceName}.value}}";

    public async ValueTask<string?> GetValueAsync(CancellationToken cancellationToken = default) =>
        Uri.EscapeDataString(await Parameter.GetValueAsync(cancellationToken) ?? "");
}

/// <summary>A whole connection string: its value when run, a reference to its owner when published.</summary>
internal sealed record ConnectionStringReference(IResourceWithConnectionString Resource) : IValueProvider, IManifestExpressionProvider
{
    public string ValueExpression => $"{{{Resource.Name}.connectionString}}";

    public ValueTask<string?> GetValueAsync(CancellationToken cancellationToken = default) =>
        Resource.ConnectionStringExpression.GetValueAsync(cancellationToken);
}
