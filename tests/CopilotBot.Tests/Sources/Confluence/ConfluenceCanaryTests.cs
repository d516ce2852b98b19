using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Text;
using CopilotBot.FakeConfluence;
using CopilotBot.Telemetry;
using CopilotBot.Tests.Support;
using Microsoft.Extensions.Logging;
using ConfluenceSite = CopilotBot.FakeConfluence.ConfluenceSite;

namespace CopilotBot.Tests.Sources.Confluence;

/// <summary>A nonsense word in each place of a restricted page: only who may view the page ever meets it (facts/sources.md §7.6 no. 2).</summary>
public sealed class ConfluenceCanaryTests
{
    private static readonly string[] Words =
        ["bodywobblet", "tablequimble", "codefrandle", "titlesnorkin", "excerptbriffle", "footergrimbo", "inlinetwazzle", "filetextplonk", "filenamedrubb", "includedvorple"];

    /// <summary>Labels are not text, so a look for one finds nothing; it is still nowhere to be read.</summary>
    private const string Label = "labelskeeve";

    /// <summary>Not named; a guest; no user at all.</summary>
    private static readonly string[] Others = ["bo", "guest", "nobody"];

    [Theory]
    [InlineData(ConfluenceEdition.Cloud)]
    [InlineData(ConfluenceEdition.DataCenter)]
    public async Task Words_of_a_restricted_page_reach_those_who_may_view_it_and_nobody_else(ConfluenceEdition edition)
    {
        using var logs = new LogRecorder();
        using var loggers = LoggerFactory.Create(logging => logging.SetMinimumLevel(LogLevel.Debug).AddProvider(logs));
        var tags = new ConcurrentQueue<string>();
        using var activities = ListenToActivities(tags);
        using var meters = ListenToMeters(tags);
        await using var bench = await ConfluenceBench.StartAsync(edition, loggers: loggers);
        Build(bench.Site);
        await bench.PollAsync();
        bench.Site.Set(site => site.Poisoned.Add("101"));
        bench.Site.EditPage("101", "<p>bodywobblet edited</p>");
        await bench.PollAsync();

        foreach (var word in Words)
        {
            (await bench.FindAsync("ada", word)).ShouldNotBeEmpty(word);
            foreach (var person in Others)
            {
                (await bench.FindAsync(person, word)).ShouldBeEmpty($"{person} {word}");
            }

            var open = bench.Bench.Documents.Find(new CopilotBot.Knowledge.DocumentId("wiki:page:200")).ShouldNotBeNull();
            System.Text.Json.JsonSerializer.Serialize(open).ShouldNotContain(word, Case.Insensitive);
            (logs.ToString() + string.Join('\n', tags)).ShouldNotContain(word, Case.Insensitive);
        }

        (logs.ToString() + string.Join('\n', tags)).ShouldNotContain(Label, Case.Insensitive);
        logs.ToString().ShouldNotBeEmpty();
    }

    private static void Build(ConfluenceSite site)
    {
        site.AddUser("ada", "Ada", "ada@halvorne.example");
        site.AddUser("bo", "Bo", "bo@halvorne.example");
        site.AddUser("guest", "Guest", "guest@halvorne.example", site.Edition == ConfluenceEdition.Cloud ? UserKind.Guest : UserKind.Person);
        site.AddSpace("10", "OPEN", "Open");
        site.Grant("10", new SpaceReader.Licensed());
        site.AddPage("101", "10", null, "Plans titlesnorkin", Body);
        site.SetRestriction("101", ["ada"], []);
        site.AddPage("102", "10", "101", "Below", "<p>includedvorple</p>");
        site.AddPage("200", "10", null, "Open page", "<p>Here follows the plan.</p><ac:structured-macro ac:name=\"include\"><ac:parameter ac:name=\"\"><ac:link><ri:page ri:content-title=\"Below\" /></ac:link></ac:parameter></ac:structured-macro>");
        site.AddComment("101", "<p>footergrimbo</p>", "ada");
        site.AddComment("101", "<p>inlinetwazzle</p>", "ada", isInline: true);
        site.AddAttachment("101", "filenamedrubb.txt", "text/plain", Encoding.UTF8.GetBytes("filetextplonk"));
        site.AddLabel("101", Label);
    }

    private const string Body =
        "<p>bodywobblet</p><table><tbody><tr><th>Name</th></tr><tr><td>tablequimble</td></tr></tbody></table>" +
        "<ac:structured-macro ac:name=\"code\"><ac:plain-text-body><![CDATA[codefrandle]]></ac:plain-text-body></ac:structured-macro>" +
        "<ac:structured-macro ac:name=\"excerpt\"><ac:rich-text-body><p>excerptbriffle</p></ac:rich-text-body></ac:structured-macro>";

    private static ActivityListener ListenToActivities(ConcurrentQueue<string> tags)
    {
        var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == CopilotTelemetry.Name,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity => tags.Enqueue($"{activity.DisplayName} {string.Join(' ', activity.TagObjects)}"),
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }

    private static MeterListener ListenToMeters(ConcurrentQueue<string> tags)
    {
        var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Meter.Name == CopilotTelemetry.Name)
                {
                    self.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, _, of, _) => tags.Enqueue($"{instrument.Name} {string.Join(' ', of.ToArray())}"));
        listener.SetMeasurementEventCallback<double>((instrument, _, of, _) => tags.Enqueue($"{instrument.Name} {string.Join(' ', of.ToArray())}"));
        listener.Start();
        return listener;
    }
}
