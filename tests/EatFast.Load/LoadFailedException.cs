namespace EatFast.Load;

/// <summary>The run cannot begin; the message says why, for a person.</summary>
public sealed class LoadFailedException(string message) : Exception(message);
