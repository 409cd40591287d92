using System.Collections;
using System.Diagnostics.CodeAnalysis;
using MassTransit;

namespace EatFast.Simulation.Services;

/// <summary>The headers of a received message.</summary>
internal sealed class FakeHeaders(IReadOnlyDictionary<string, object> headers) : Headers
{
    public IEnumerable<KeyValuePair<string, object>> GetAll() => headers;

    public bool TryGetHeader(string key, [NotNullWhen(true)] out object? value) => headers.TryGetValue(key, out value);

    public T? Get<T>(string key, T? defaultValue = null) where T : class => headers.GetValueOrDefault(key) as T ?? defaultValue;

    public T? Get<T>(string key, T? defaultValue = null) where T : struct =>
        headers.GetValueOrDefault(key) is T value ? value : defaultValue;

    public IEnumerator<HeaderValue> GetEnumerator() => headers.Select(header => new HeaderValue(header.Key, header.Value)).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
