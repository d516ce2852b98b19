using CopilotBot.Sources;
using CopilotBot.Sources.Attachments;

namespace CopilotBot.Serving;

internal static class AttachmentsServiceCollectionExtensions
{
    public static IServiceCollection AddAttachments(this IServiceCollection services)
    {
        services.AddOptions<AttachmentOptions>().BindConfiguration("Attachments").ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<AttachmentProcess>();
        services.AddSingleton<ReadAttachment>(provider => provider.GetRequiredService<AttachmentProcess>().ReadAsync);
        return services;
    }
}
