namespace CopilotBot.Indexing.Embedded;

/// <summary>Words of each field of a chunk, and its word pieces.</summary>
internal readonly record struct FieldLengths(int Title, int Headings, int Body, int Tokens)
{
    public long Packed => (Cut(Title) << 48) | (Cut(Headings) << 32) | (Cut(Body) << 16) | Cut(Tokens);

    public static FieldLengths Unpack(long packed) => new((ushort)(packed >> 48), (ushort)(packed >> 32), (ushort)(packed >> 16), (ushort)packed);

    private static long Cut(int length) => Math.Min(length, ushort.MaxValue);
}
