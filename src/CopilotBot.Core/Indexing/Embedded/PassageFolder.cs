namespace CopilotBot.Indexing.Embedded;

/// <summary>The folder of passage files: brings it back to what the last commit says, and maps its files.</summary>
internal sealed class PassageFolder(string path)
{
    public string Path { get; } = path;

    public bool HasFiles => Directory.Exists(Path) && Directory.EnumerateFiles(Path).Any();

    /// <summary>Removes what a crash left behind: files that no commit names, and tails that no commit vouches for.</summary>
    /// <returns>Bytes removed.</returns>
    /// <exception cref="InvalidDataException">A file is missing or shorter than the commit says.</exception>
    public long RollBackTo(IndexManifest manifest)
    {
        Directory.CreateDirectory(Path);
        var lengths = new Dictionary<string, long>();
        foreach (var file in manifest.Files)
        {
            lengths[PassageLayout.RowsPath(Path, file.Number)] = (long)file.Rows * PassageLayout.RowBytes(manifest.SentenceDimensions);
            lengths[PassageLayout.PayloadPath(Path, file.Number)] = file.PayloadBytes;
        }

        var removed = 0L;
        foreach (var stray in Directory.EnumerateFiles(Path).Where(file => !lengths.ContainsKey(file)).ToList())
        {
            removed += new FileInfo(stray).Length;
            File.Delete(stray);
        }

        foreach (var (file, length) in lengths)
        {
            var info = new FileInfo(file);
            if (!info.Exists || info.Length < length)
            {
                throw new InvalidDataException($"{file} has {(info.Exists ? info.Length : 0)} bytes where the last commit wrote {length}.");
            }

            if (info.Length > length)
            {
                removed += info.Length - length;
                using var stream = new FileStream(file, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
                stream.SetLength(length);
            }
        }

        return removed;
    }

    /// <summary>Maps the files of a commit; a file that did not grow since <paramref name="previous"/> is shared with it.</summary>
    public IReadOnlyList<PassageFile> Map(IndexManifest manifest, IReadOnlyList<PassageFile> previous)
    {
        var files = new List<PassageFile>(manifest.Files.Count);
        try
        {
            foreach (var length in manifest.Files)
            {
                var shared = previous.FirstOrDefault(file => file.Length == length);
                shared?.Hold();
                files.Add(shared ?? new PassageFile(Path, length, manifest.SentenceDimensions, manifest.TokenDimensions));
            }
        }
        catch
        {
            files.ForEach(file => file.Release());
            throw;
        }

        return files;
    }

    /// <summary>Deletes the file unless somebody still reads it (Windows); then the next start does.</summary>
    public static void TryDelete(string file)
    {
        try
        {
            File.Delete(file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // A stray file is removed when the index is opened.
        }
    }
}
