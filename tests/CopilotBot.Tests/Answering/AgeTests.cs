using CopilotBot.Answering;

namespace CopilotBot.Tests.Answering;

public sealed class AgeTests
{
    [Theory]
    [InlineData(0, "today")]
    [InlineData(1, "yesterday")]
    [InlineData(12, "12 days ago")]
    [InlineData(95, "3 months ago")]
    [InlineData(800, "2 years ago")]
    public void An_age_is_told_in_the_words_people_use(int days, string expected) =>
        Age.Describe(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddDays(days)).ShouldBe(expected);
}
