namespace CopilotBot.Commands;

/// <summary>What the process tells a script; the root help lists them.</summary>
internal static class ExitCode
{
    public const int Ok = 0;
    public const int Failed = 1;
    public const int Usage = 2;

    /// <summary>Another process holds the data folder and does not run verbs for us, or a second serve was started.</summary>
    public const int FolderHeld = 3;
}
