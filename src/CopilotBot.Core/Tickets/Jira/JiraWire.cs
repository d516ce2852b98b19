using System.Text.Json;
using System.Text.Json.Serialization;

namespace CopilotBot.Tickets.Jira;

/// <summary>Shapes of Jira's answers as far as they are read: Cloud REST v3, and where it differs Data Center REST v2.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(JiraProject))]
[JsonSerializable(typeof(JiraTypePage))]
[JsonSerializable(typeof(JiraFieldPage))]
[JsonSerializable(typeof(JiraCreated))]
[JsonSerializable(typeof(JiraErrors))]
[JsonSerializable(typeof(JiraSearchPage))]
[JsonSerializable(typeof(JiraIssue))]
[JsonSerializable(typeof(JiraProperty))]
[JsonSerializable(typeof(JiraComment))]
[JsonSerializable(typeof(JiraCommentPage))]
[JsonSerializable(typeof(JiraCommentList))]
[JsonSerializable(typeof(JiraTransitions))]
[JsonSerializable(typeof(JiraUser[]))]
internal sealed partial class JiraWire : JsonSerializerContext;

internal sealed record JiraProject(string? Key, string? Name);

/// <param name="Values">What Data Center calls <paramref name="IssueTypes"/>.</param>
internal sealed record JiraTypePage(JiraType[]? IssueTypes, JiraType[]? Values, int? Total);

internal sealed record JiraType(string Id, string Name, bool Subtask);

/// <param name="Values">What Data Center calls <paramref name="Fields"/>.</param>
internal sealed record JiraFieldPage(JiraField[]? Fields, JiraField[]? Values, int? Total);

internal sealed record JiraField(string? FieldId, string? Key, string Name, bool Required, bool HasDefaultValue, JiraFieldSchema? Schema, JiraValue[]? AllowedValues);

/// <param name="Custom">Kind of a custom field, with the name of its plugin.</param>
internal sealed record JiraFieldSchema(string Type, string? Items, string? System, string? Custom);

/// <param name="Value">The name of an option of a custom field.</param>
internal sealed record JiraValue(string? Id, string? Name, string? Value, bool Disabled, bool Archived);

internal sealed record JiraCreated(string? Id, string? Key);

/// <param name="Errors">By id of the field.</param>
internal sealed record JiraErrors(string[]? ErrorMessages, Dictionary<string, string>? Errors);

/// <param name="Total">Of Data Center, which knows no <paramref name="NextPageToken"/>.</param>
internal sealed record JiraSearchPage(JiraIssue[]? Issues, string? NextPageToken, int? Total);

internal sealed record JiraIssue(string Id, string Key, JiraIssueFields? Fields, Dictionary<string, JsonElement>? Properties);

internal sealed record JiraIssueFields(JiraStatus? Status);

internal sealed record JiraStatus(string Name);

internal sealed record JiraProperty(string Key, JsonElement Value);

/// <param name="Body">A document on Cloud, a text on Data Center.</param>
internal sealed record JiraComment(string Id, string? Created, JsonElement Body, JiraProperty[]? Properties);

internal sealed record JiraCommentPage(JiraComment[]? Comments, int? Total);

internal sealed record JiraCommentList(JiraComment[]? Values);

internal sealed record JiraTransitions(JiraTransition[]? Transitions);

internal sealed record JiraTransition(string Id, string Name, JiraStatus? To);

/// <param name="Name">Of Data Center, which knows no <paramref name="AccountId"/>.</param>
internal sealed record JiraUser(string? AccountId, string? Name, string? DisplayName, string? EmailAddress, bool? Active);
