using System.Globalization;
using System.Text.Json;

namespace CopilotBot.Inference;

/// <summary>
/// Taggers that were promoted: copies in numbered folders, and one file that says which is in use and which were before. The file is replaced in one step and last, so
/// a copy that was interrupted is never in use.
/// </summary>
/// <param name="folder">Belongs to this class alone.</param>
public sealed class PromotedTaggers(string folder)
{
    /// <summary>JSON array of numbers, oldest first; the last one is in use.</summary>
    private const string History = "promoted.json";

    private const string Staged = ".next";

    private readonly Lock _gate = new();

    /// <summary>Folder of the tagger in use, or null for the shipped one.</summary>
    /// <exception cref="ModelException">What is noted cannot be read.</exception>
    public string? Current => ReadHistory() is [.., var number] ? FolderOf(number) : null;

    /// <summary>Numbers and folders of all copies, the oldest first.</summary>
    public IReadOnlyList<(int Number, string Folder)> List() => !Directory.Exists(folder)
        ? []
        : [.. Directory.EnumerateDirectories(folder).Select(path => (Number: ParseNumber(path), path)).Where(copy => copy.Number > 0).OrderBy(copy => copy.Number)];

    /// <summary>Copies the model to where it can be judged before <see cref="Promote"/>; what an earlier attempt left there is removed.</summary>
    /// <returns>The copy.</returns>
    /// <exception cref="ModelException">The model is incomplete or cannot be copied.</exception>
    public ModelEntry Stage(string source)
    {
        var model = ModelEntry.InFolder(source, ModelRole.Tagger);
        var target = Path.Combine(folder, Staged);
        try
        {
            lock (_gate)
            {
                Discard();
                Directory.CreateDirectory(target);
                foreach (var file in model.Files)
                {
                    using var stream = new FileStream(Path.Combine(target, file.Name), FileMode.CreateNew);
                    stream.Write(model.Read(file.Name));
                    stream.Flush(flushToDisk: true);
                }
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ModelException($"The model cannot be copied into '{folder}': make it writable and check that the disk has space.", exception);
        }

        var staged = ModelEntry.InFolder(target, ModelRole.Tagger);
        staged.Verify();
        return staged;
    }

    /// <summary>Puts the staged copy into use.</summary>
    /// <returns>Its number and folder.</returns>
    /// <exception cref="ModelException">It cannot be written.</exception>
    public (int Number, string Folder) Promote()
    {
        lock (_gate)
        {
            var number = List().Select(copy => copy.Number).DefaultIfEmpty().Max() + 1;
            Write(() =>
            {
                Directory.Move(Path.Combine(folder, Staged), FolderOf(number));
                WriteHistory([.. ReadHistory(), number]);
            });
            return (number, FolderOf(number));
        }
    }

    /// <summary>Removes the staged copy, if there is one.</summary>
    public void Discard()
    {
        var staged = Path.Combine(folder, Staged);
        if (Directory.Exists(staged))
        {
            Directory.Delete(staged, recursive: true);
        }
    }

    /// <summary>Goes back to the one before; its copy stays.</summary>
    /// <returns>False when the shipped one was in use already.</returns>
    /// <exception cref="ModelException">It cannot be written.</exception>
    public bool Rollback()
    {
        lock (_gate)
        {
            var history = ReadHistory();
            if (history.Length == 0)
            {
                return false;
            }

            Write(() => WriteHistory([.. history.SkipLast(1)]));
            return true;
        }
    }

    private void Write(Action write)
    {
        try
        {
            write();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ModelException($"'{folder}' cannot be written: make it writable and check that the disk has space.", exception);
        }
    }

    private void WriteHistory(int[] numbers)
    {
        var path = Path.Combine(folder, History);
        var fresh = path + ".new";
        using (var stream = File.Create(fresh))
        {
            stream.Write(JsonSerializer.SerializeToUtf8Bytes(numbers, HistoryJson.Default.Int32Array));
            stream.Flush(flushToDisk: true);
        }

        File.Move(fresh, path, overwrite: true);
    }

    private int[] ReadHistory()
    {
        var path = Path.Combine(folder, History);
        try
        {
            return File.Exists(path) ? JsonSerializer.Deserialize(File.ReadAllBytes(path), HistoryJson.Default.Int32Array) ?? [] : [];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new ModelException($"'{path}' cannot be read: restore it, or remove it to use the shipped tagger.", exception);
        }
    }

    private string FolderOf(int number) => Path.Combine(folder, number.ToString(CultureInfo.InvariantCulture));

    private static int ParseNumber(string path) => int.TryParse(Path.GetFileName(path), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
