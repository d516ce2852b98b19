namespace CopilotBot.Tests.FakeSlack;

public sealed class BlockTests
{
    /// <summary>A block with N letters, how many are too many, and the rule.</summary>
    [Theory]
    [InlineData("""{"type":"section","text":{"type":"mrkdwn","text":"N"}}""", 3000, "section-text")]
    [InlineData("""{"type":"section","fields":[{"type":"mrkdwn","text":"N"}]}""", 2000, "section-fields")]
    [InlineData("""{"type":"header","text":{"type":"plain_text","text":"N"}}""", 150, "header-text")]
    [InlineData("""{"type":"divider","block_id":"N"}""", 255, "block-id")]
    [InlineData("""{"type":"actions","elements":[{"type":"button","action_id":"a","text":{"type":"plain_text","text":"N"}}]}""", 75, "button-text")]
    [InlineData("""{"type":"actions","elements":[{"type":"button","action_id":"a","value":"N","text":{"type":"plain_text","text":"x"}}]}""", 2000, "button-value")]
    [InlineData("""{"type":"actions","elements":[{"type":"button","action_id":"a","url":"N","text":{"type":"plain_text","text":"x"}}]}""", 3000, "button-url")]
    [InlineData("""{"type":"actions","elements":[{"type":"button","action_id":"N","text":{"type":"plain_text","text":"x"}}]}""", 255, "action-id")]
    [InlineData("""{"type":"context_actions","elements":[{"type":"feedback_buttons","action_id":"a","positive_button":{"text":{"type":"plain_text","text":"N"},"value":"1"},"negative_button":{"text":{"type":"plain_text","text":"x"},"value":"0"}}]}""", 75, "feedback-button")]
    [InlineData("""{"type":"context_actions","elements":[{"type":"feedback_buttons","action_id":"a","positive_button":{"text":{"type":"plain_text","text":"x"},"value":"N"},"negative_button":{"text":{"type":"plain_text","text":"x"},"value":"0"}}]}""", 2000, "feedback-value")]
    [InlineData("""{"type":"actions","elements":[{"type":"static_select","action_id":"a","options":[{"text":{"type":"plain_text","text":"N"},"value":"1"}]}]}""", 75, "option-text")]
    [InlineData("""{"type":"actions","elements":[{"type":"static_select","action_id":"a","options":[{"text":{"type":"plain_text","text":"x"},"value":"N"}]}]}""", 150, "option-value")]
    public async Task Texts_have_a_longest_length(string block, int most, string rule)
    {
        await using var bench = await Bench.StartAsync();

        (await bench.PostBlocksAsync($"[{block.Replace("N", new string('n', most), StringComparison.Ordinal)}]")).IsOk.ShouldBeTrue();
        (await bench.PostBlocksAsync($"[{block.Replace("N", new string('n', most + 1), StringComparison.Ordinal)}]")).Error.ShouldBe("invalid_blocks");

        bench.Broken.ShouldBe([rule]);
    }

    /// <summary>A list of blocks in which I stands for many items.</summary>
    [Theory]
    [InlineData("[I]", """{"type":"divider"}""", 50, "block-count")]
    [InlineData("""[{"type":"context","elements":[I]}]""", """{"type":"mrkdwn","text":"x"}""", 10, "context-elements")]
    [InlineData("""[{"type":"section","fields":[I]}]""", """{"type":"mrkdwn","text":"x"}""", 10, "section-fields")]
    [InlineData("""[{"type":"actions","elements":[I]}]""", """{"type":"button","text":{"type":"plain_text","text":"x"}}""", 25, "actions-elements")]
    [InlineData("""[{"type":"context_actions","elements":[I]}]""", """{"type":"icon_button","icon":"trash","text":{"type":"plain_text","text":"x"}}""", 5, "context-actions-elements")]
    [InlineData("""[{"type":"table","rows":[I]}]""", """[{"type":"raw_text","text":"x"}]""", 100, "table-rows")]
    [InlineData("""[{"type":"table","rows":[[I]]}]""", """{"type":"raw_text","text":"x"}""", 20, "table-columns")]
    public async Task Lists_have_a_highest_count(string blocks, string item, int most, string rule)
    {
        await using var bench = await Bench.StartAsync();

        (await bench.PostBlocksAsync(blocks.Replace("I", string.Join(',', Enumerable.Repeat(item, most)), StringComparison.Ordinal))).IsOk.ShouldBeTrue();
        (await bench.PostBlocksAsync(blocks.Replace("I", string.Join(',', Enumerable.Repeat(item, most + 1)), StringComparison.Ordinal))).Error.ShouldBe("invalid_blocks");

        bench.Broken.ShouldBe([rule]);
    }

    [Theory]
    [InlineData("""{"type":"input"}""", "block-type")]
    [InlineData("""{"type":"alert","text":"x"}""", "block-type")]
    [InlineData("""{"type":"paragraph"}""", "block-type")]
    [InlineData("""{"type":"section"}""", "section-text")]
    [InlineData("""{"type":"section","text":{"type":"mrkdwn","text":""}}""", "section-text")]
    [InlineData("""{"type":"header","text":{"type":"mrkdwn","text":"x"}}""", "header-text")]
    [InlineData("""{"type":"actions","elements":[{"type":"feedback_buttons"}]}""", "element-type")]
    [InlineData("""{"type":"context_actions","elements":[{"type":"button","text":{"type":"plain_text","text":"x"}}]}""", "context-actions-elements")]
    [InlineData("""{"type":"context_actions","elements":[{"type":"icon_button","icon":"star","text":{"type":"plain_text","text":"x"}}]}""", "icon")]
    [InlineData("""{"type":"context_actions","elements":[{"type":"feedback_buttons","positive_button":{"text":{"type":"plain_text","text":"x"},"value":"1"},"negative_button":{"text":{"type":"plain_text","text":"x"}}}]}""", "feedback-value")]
    [InlineData("""{"type":"rich_text","elements":[{"type":"rich_text_list","style":"ordered","elements":[{"type":"text","text":"x"}]}]}""", "rich-text")]
    [InlineData("""{"type":"rich_text","elements":[{"type":"rich_text_section","elements":[{"type":"link","text":"x"}]}]}""", "rich-text")]
    [InlineData("""{"type":"table","rows":[[{"type":"mrkdwn","text":"x"}]]}""", "table-cell")]
    [InlineData("""{"type":"data_table","rows":[[{"type":"raw_text","text":"x"}]]}""", "table-caption")]
    public async Task Shapes_are_those_of_the_reference(string block, string rule)
    {
        await using var bench = await Bench.StartAsync();

        var reply = await bench.PostBlocksAsync($"[{block}]");

        reply.Error.ShouldBe("invalid_blocks");
        reply["response_metadata"].GetProperty("messages")[0].GetString()!.ShouldContain("json-pointer:/blocks/0");
        bench.Broken.ShouldBe([rule]);
    }

    [Fact]
    public async Task Block_ids_are_unique_and_blocks_are_a_list()
    {
        await using var bench = await Bench.StartAsync();

        (await bench.PostBlocksAsync("""[{"type":"divider","block_id":"a"},{"type":"divider","block_id":"a"}]""")).Error.ShouldBe("invalid_blocks");
        (await bench.PostBlocksAsync("""{"type":"divider"}""")).Error.ShouldBe("invalid_blocks_format");

        bench.Broken.ShouldBe(["block-id", "blocks-format"]);
    }

    [Fact]
    public async Task Markdown_is_counted_over_all_blocks_and_the_whole_payload_has_a_limit()
    {
        await using var bench = await Bench.StartAsync();

        (await bench.PostBlocksAsync($"[{Markdown(6000)},{Markdown(6000)}]")).IsOk.ShouldBeTrue();
        (await bench.PostBlocksAsync($"[{Markdown(6000)},{Markdown(6001)}]")).Error.ShouldBe("msg_blocks_too_long");
        (await bench.PostBlocksAsync($"[{Markdown(11_000)},{Section(2900)}]")).Error.ShouldBe("msg_blocks_too_long");

        bench.Broken.ShouldBe(["markdown-length", "blocks-length"]);

        static string Markdown(int length) => $$"""{"type":"markdown","text":"{{new string('x', length)}}"}""";
        static string Section(int length) => $$$"""{"type":"section","text":{"type":"mrkdwn","text":"{{{new string('x', length)}}}"}}""";
    }

    [Theory]
    [InlineData("""{"type":"markdown","text":"| a | b |\n|---|---|\n| 1 | 2 |"}""", true)]
    [InlineData("""{"type":"markdown","text":"a | b\n--|:-:\n1 | 2\n\na | b\n--|--\n"}""", false)]
    [InlineData("""{"type":"table","rows":[[{"type":"raw_text","text":"x"}]]},{"type":"markdown","text":"| a |\n| - |\n"}""", false)]
    [InlineData("""{"type":"markdown","text":"a | b without a line"},{"type":"table","rows":[[{"type":"raw_text","text":"x"}]]}""", true)]
    public async Task A_message_has_one_table(string blocks, bool isTaken)
    {
        await using var bench = await Bench.StartAsync();

        (await bench.PostBlocksAsync($"[{blocks}]")).Error.ShouldBe(isTaken ? "" : "invalid_attachments");

        bench.Broken.ShouldBe(isTaken ? [] : ["one-table"]);
    }
}
