namespace CopilotBot.Indexing;

/// <summary>Opens the index in a folder, or makes an empty one there; the caller disposes it.</summary>
public delegate IKnowledgeIndex OpenIndexFolder(string path);
