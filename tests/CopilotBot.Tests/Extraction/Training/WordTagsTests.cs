using CopilotBot.Extraction.Training;
using CopilotBot.Inference;
using CopilotBot.Knowledge;

namespace CopilotBot.Tests.Extraction.Training;

public sealed class WordTagsTests
{
    [Fact]
    public void Words_that_a_slot_touches_belong_to_it_and_neighbouring_slots_stay_two()
    {
        const string text = "o'neill vpn-client berlin now";
        List<TextSpan> words = [.. TaggerWords.Split(text)];

        WordTags.Of(words, [("person", new TextSpan(0, 7)), ("system", new TextSpan(8, 10)), ("location", new TextSpan(19, 6))])
            .ShouldBe(["B-person", "I-person", "I-person", "B-system", "I-system", "I-system", "B-location", "O"]);
    }
}
