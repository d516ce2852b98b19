using CopilotBot.Channels;
using CopilotBot.Conversations;
using Microsoft.Extensions.DependencyInjection;

namespace CopilotBot.Tests.Channels.Planted;

/// <summary>Puts a bug around a part of the product.</summary>
internal static class Planting
{
    public static Action<IServiceCollection> Store(Func<IChannelStore, BrokenStore> breaks) => services => Decorate<IChannelStore>(services, services.Single(service => service.ServiceType == typeof(IChannelStore)), breaks);

    public static Action<IServiceCollection> Adapter<TAdapter>(Func<IChannelAdapter, BrokenAdapter> breaks)
        where TAdapter : IChannelAdapter => services => Decorate<IChannelAdapter>(services, services.Single(service => service.ServiceType == typeof(IChannelAdapter) && service.ImplementationType == typeof(TAdapter)), breaks);

    private static void Decorate<TService>(IServiceCollection services, ServiceDescriptor product, Func<TService, TService> breaks)
        where TService : class
    {
        services.Remove(product);
        services.AddSingleton(provider => breaks((TService)ActivatorUtilities.CreateInstance(provider, product.ImplementationType!))); // registered as a type
    }
}
