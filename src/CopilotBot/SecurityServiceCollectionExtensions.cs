using CopilotBot.Storage;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.Extensions.Options;

namespace CopilotBot;

internal static class SecurityServiceCollectionExtensions
{
    /// <summary>Keys that outlive a restart: a page that is open stays valid, and a stored token readable.</summary>
    public static IServiceCollection AddKeyRing(this IServiceCollection services, DataFolder folder)
    {
        services.AddOptions<SecurityOptions>().BindConfiguration("Security");
        services.AddDataProtection().SetApplicationName("CopilotBot");
        services.AddOptions<KeyManagementOptions>().Configure<IOptions<SecurityOptions>, ILoggerFactory>((keys, security, loggers) =>
            keys.XmlRepository = new FileSystemXmlRepository(new DirectoryInfo(FolderOf(security.Value, folder)), loggers));
        return services;
    }

    private static string FolderOf(SecurityOptions security, DataFolder folder) => string.IsNullOrEmpty(security.KeyRing) ? Path.Combine(folder.Path, "keys") : security.KeyRing;
}
