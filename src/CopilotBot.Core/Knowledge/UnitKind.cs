namespace CopilotBot.Knowledge;

public enum UnitKind
{
    Sentence,
    ListItem,
    TableHeader,
    TableRow,
    Code,
}
