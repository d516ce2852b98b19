namespace CopilotBot.Indexing.Embedded;

/// <summary>Where the text and vectors of a chunk stand: a numbered <see cref="PassageFile"/> and the place in it.</summary>
internal readonly record struct PassageAddress(int File, int Slot)
{
    public long Packed => ((long)File << 32) | (uint)Slot;

    public static PassageAddress Unpack(long packed) => new((int)(packed >> 32), (int)packed);
}
