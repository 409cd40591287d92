namespace EatFast.LocalEngine;

/// <summary>A refusal that its reader can act on: the message is complete, so it is shown alone, without a stack trace.</summary>
public sealed class EngineException(string message, int exitCode = EngineException.GeneralFailure) : Exception(message)
{
    public const int GeneralFailure = 1;
    public const int AlreadyRunning = 2;
    public const int PortTaken = 3;

    public int ExitCode { get; } = exitCode;
}
