using System.Collections.Frozen;

namespace CopilotBot.Answering;

/// <summary>English words that hold a question together and name nothing.</summary>
internal static class FunctionWords
{
    private static readonly FrozenSet<string> All = ("the and but for from with are was were been does did can could may might must should shall will would has have had you she they them your our " +
        "their his her its this that these those what which who whom whose when where why how many much long often not any some there here about into out get got than then also just very please need want")
        .Split(' ').ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    public static bool Contains(string word) => All.Contains(word);
}
