using CopilotBot.Inference;

namespace CopilotBot.Extraction.Training;

/// <summary>Writes a tagger's folder that needs nothing but itself: the files of its base, its heads and their report.</summary>
internal static class TaggerFolder
{
    /// <exception cref="ModelException">The base cannot be read, or the folder not written.</exception>
    public static ModelEntry Write(string folder, ModelEntry network, TaggerHeads heads)
    {
        return Guard(folder, () =>
        {
            Directory.CreateDirectory(folder);
            foreach (var file in network.Files.Where(file => file.Name != TaggerHeads.FileName))
            {
                var content = network.Read(file.Name);
                File.WriteAllBytes(Path.Combine(folder, file.Name), content);
            }

            File.WriteAllBytes(Path.Combine(folder, TaggerHeads.FileName), heads.Write());
            return ModelEntry.InFolder(folder, ModelRole.Tagger, lowerCase: network.LowerCase);
        });
    }

    /// <exception cref="ModelException">The folder cannot be written.</exception>
    public static void WriteReport(string folder, TrainingReport report) => Guard(folder, () =>
    {
        File.WriteAllBytes(Path.Combine(folder, TrainingReport.FileName), report.Write());
        return report;
    });

    private static T Guard<T>(string folder, Func<T> write)
    {
        try
        {
            return write();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ModelException($"The folder '{folder}' cannot be written: name another with --out, or give this user access to it.", exception);
        }
    }
}
