using System.Text.Json.Serialization;

namespace CopilotBot.Sources.Attachments;

/// <summary>How the text of a file comes out of the process that reads it.</summary>
[JsonSourceGenerationOptions(IgnoreReadOnlyProperties = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(AttachmentText))]
internal sealed partial class AttachmentJson : JsonSerializerContext;
