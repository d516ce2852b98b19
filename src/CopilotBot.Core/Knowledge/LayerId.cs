namespace CopilotBot.Knowledge;

/// <summary>Id of an <see cref="AccessLayer"/>: "{source}:{what}:{nativeId}", for example "demo:space:101" or "demo:page:1007".</summary>
public readonly record struct LayerId(string Value)
{
    public override string ToString() => Value;
}
