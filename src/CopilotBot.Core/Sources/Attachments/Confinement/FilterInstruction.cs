using System.Runtime.InteropServices;

namespace CopilotBot.Sources.Attachments.Confinement;

/// <summary>One instruction of classic BPF, as the kernel reads it.</summary>
/// <param name="IfTrue">Instructions to skip when the comparison holds.</param>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct FilterInstruction(ushort Code, byte IfTrue, byte IfFalse, uint Value);
