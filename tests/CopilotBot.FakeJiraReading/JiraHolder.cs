namespace CopilotBot.FakeJiraReading;

/// <summary>Somebody that a permission or a security level is given to (facts §2.5).</summary>
/// <param name="Type">As the site names it: "anyone", "applicationRole", "group", "user", "projectRole", "projectLead", "reporter", "assignee", "userCustomField", "groupCustomField", "sd.customer.portal.only".</param>
/// <param name="Parameter">Account, group, role or field id; of an application role its key, or empty for anyone with a licence.</param>
public sealed record JiraHolder(string Type, string Parameter = "");
