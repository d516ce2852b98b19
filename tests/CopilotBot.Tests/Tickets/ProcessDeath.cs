namespace CopilotBot.Tests.Tickets;

/// <summary>Stands for a process that was killed: nothing of what it would have done next is done.</summary>
internal sealed class ProcessDeath(string step) : Exception(step);
