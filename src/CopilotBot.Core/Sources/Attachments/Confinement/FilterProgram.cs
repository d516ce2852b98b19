namespace CopilotBot.Sources.Attachments.Confinement;

/// <summary>
/// The filter: calls are allowed but for those named. A refused call fails as if it were not permitted, which the runtime bears; a call by another
/// architecture's numbers ends the process.
/// </summary>
internal static class FilterProgram
{
    private const ushort Load = 0x20;
    private const ushort IfEqual = 0x15;
    private const ushort IfAtLeast = 0x35;
    private const ushort IfAnyBit = 0x45;
    private const ushort Return = 0x06;

    private const uint Allow = 0x7FFF0000;
    private const uint NotPermitted = 0x00050000 | 1;
    private const uint NotThere = 0x00050000 | 38;
    private const uint End = 0x80000000;

    /// <summary>Offsets into the kernel's record of a call; an argument's lower half comes first.</summary>
    private const uint Number = 0;
    private const uint Architecture = 4;
    private const uint Arguments = 16;

    private const uint NewThread = 0x10000;

    private const uint ForWriting = 3;

    public static FilterInstruction[] Write(CallNumbers numbers) =>
    [
        new(Load, 0, 0, Architecture),
        new(IfEqual, 1, 0, numbers.Machine),
        new(Return, 0, 0, End),
        new(Load, 0, 0, Number),

        // On x64 the numbers of the x32 calls begin here.
        new(IfAtLeast, 0, 1, 0x40000000),
        new(Return, 0, 0, NotPermitted),
        .. numbers.Refused.SelectMany(number => On(number, NotPermitted)),
        .. numbers.Missing.SelectMany(number => On(number, NotThere)),
        .. OnArgument(numbers.NewTask, 0, [new(IfAnyBit, 1, 0, NewThread), new(Return, 0, 0, NotPermitted)]),
        .. numbers.Opens.SelectMany(open => OnArgument(open.Number, open.Flags, [new(IfAnyBit, 0, 1, ForWriting), new(Return, 0, 0, NotPermitted)])),
        .. OnArgument(numbers.LimitOf, 2, [new(IfEqual, 1, 0, 0), new(Return, 0, 0, NotPermitted)]),
        new(Return, 0, 0, Allow),
    ];

    private static FilterInstruction[] On(uint number, uint answer) => [new(IfEqual, 0, 1, number), new(Return, 0, 0, answer)];

    /// <summary>What is said of the call, by the lower half of one of its arguments; otherwise it is allowed.</summary>
    private static FilterInstruction[] OnArgument(uint number, uint argument, FilterInstruction[] rule) =>
        [new(IfEqual, 0, (byte)(rule.Length + 2), number), new(Load, 0, 0, Arguments + (argument * 8)), .. rule, new(Return, 0, 0, Allow)];
}
