using CopilotBot.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace CopilotBot.Tests.Storage;

public sealed class CollectionsTests
{
    [Fact]
    public void Every_collection_is_there_before_anybody_reads_it()
    {
        using var state = new OpenedState();
        using var services = new ServiceCollection().AddSingleton(state.Folder).AddSingleton(state.Database).AddStorage().BuildServiceProvider();
        foreach (var service in new ServiceCollection().AddStorage().Where(service => service.ServiceType != typeof(CopilotDatabase)))
        {
            services.GetRequiredService(service.ServiceType);
        }

        var named = Directory.EnumerateFiles(Path.Combine(Support.RepositoryPaths.Root, "src", "CopilotBot.Core", "Storage"), "Lite*.cs")
            .SelectMany(File.ReadLines).Where(line => line.Contains("const string", StringComparison.Ordinal)).Select(line => line.Split('"')[1]).ToList();

        named.Count.ShouldBeGreaterThan(10);
        state.Database.Read(lite => named.Where(name => !lite.CollectionExists(name)).ToList()).ShouldBeEmpty();
    }
}
