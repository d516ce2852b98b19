using CopilotBot.Extraction.Rules;
using CopilotBot.Tests.Support;
using CopilotBot.Tickets;

namespace CopilotBot.Tests.Extraction;

public sealed class TicketRulesTests
{
    [Fact]
    public void The_rules_of_the_demo_are_read()
    {
        var rules = TicketRules.Load(Path.Combine(RepositoryPaths.Root, "src", "CopilotBot", "Demo", "tickets.yaml"));

        rules.Schema!.Projects.Select(project => project.Key).ShouldBe(["HELP", "KELP", "OPS"]);
        rules.Schema.Projects[0].Types.Select(type => type.Name).ShouldBe(["Incident", "Service Request"]);
        rules.Schema.Projects[0].Types[1].Fields.ShouldContain(field => field.Id == "priority" && field.Kind == TicketFieldKind.Choice && field.HasDefault && field.Allowed.Count == 5);
        rules.Routing.Count.ShouldBe(3);
        rules.SlotFields["system"].ShouldBe("components");
    }

    [Theory]
    [InlineData("synonym:\n  a: b", "Line 1 of the ticket rules in the text has the unknown key 'synonym': use synonyms, slots, defaults, routing, schema, or remove it.")]
    [InlineData("slots:\n  sytem: components", "Line 2 of the ticket rules in the text has the unknown key 'sytem': use ticket_key")]
    [InlineData("routing:\n  - when: [vpn]", "Line 2 of the ticket rules in the text needs both 'when:' with words and 'set:' with fields and their values.")]
    [InlineData("routing:\n  when: vpn", "Line 2 of the ticket rules in the text has to be a list: begin each entry with '- '")]
    [InlineData("defaults:\n  - for: OPS", "Line 2 of the ticket rules in the text has nothing to set")]
    [InlineData("schema:\n  - key: A\n    types:\n      - name: Bug\n        fields:\n          - { id: x, kind: Chioce }", "Line 6 of the ticket rules in the text has the unknown kind 'Chioce': use Text, LongText, Choice")]
    [InlineData("schema:\n  - key: A\n    types:\n      - name: Bug\n        fields:\n          - { id: x, kind: Choice }", "Line 6 of the ticket rules in the text has a field 'x' to choose from, but nothing to choose: add 'allowed:' with its values.")]
    [InlineData("schema:\n  - name: A", "Line 2 of the ticket rules in the text has no 'key:': add it.")]
    [InlineData("slots: [", "is not YAML: check indentation, colons and quotes there.")]
    [InlineData("slots", "has to be a list of 'key: value'")]
    public void What_is_wrong_is_said_with_its_line_and_what_to_do(string text, string expected) => Should.Throw<TicketRulesException>(() => TicketRules.Parse(text)).Message.ShouldContain(expected);

    [Fact]
    public void A_file_that_is_missing_is_named() => Should.Throw<TicketRulesException>(() => TicketRules.Load("/nowhere/tickets.yaml")).Message.ShouldStartWith("The ticket rules '/nowhere/tickets.yaml' cannot be read");

    [Theory]
    [InlineData("")]
    [InlineData("# nothing yet")]
    public void An_empty_file_is_no_rules(string text) => TicketRules.Parse(text).Routing.ShouldBeEmpty();

    [Fact]
    public async Task Rules_that_cannot_be_used_are_said_at_the_start()
    {
        using var folder = new TemporaryFolder();
        folder.Write("rules.yaml", "synonyms: {}\nsynonims: {}\n");

        using var process = CopilotProcess.Start("", new Dictionary<string, string> { ["Extraction__RulesFile"] = folder.In("rules.yaml") }, "ask", "hello", "--data", folder.In("data"));

        (await process.WaitAsync()).ShouldBe(1, process.Error);
        process.Error.ShouldContain("Line 2 of the ticket rules");
    }
}
