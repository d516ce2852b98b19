using System.Security.Cryptography;

namespace CopilotBot.Inference;

/// <summary>Gets the files of a model, checks them, and puts them in place in one step: a model is there whole or not at all.</summary>
public sealed class ModelPuller(HttpClient http)
{
    private const int BufferBytes = 1 << 16;

    /// <returns>False when the right files were there already.</returns>
    /// <exception cref="ModelException">A file cannot be fetched, is not the pinned one, or is a model that is refused. Nothing was changed.</exception>
    public async Task<bool> PullAsync(ModelEntry entry, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(entry);
        if (!entry.IsPulled)
        {
            throw new ModelException($"The model '{entry.Name}' has no Url to pull it from: give its files a Url in the settings under Models:Catalog:{entry.Name}.");
        }

        if (IsInPlace(entry))
        {
            return false;
        }

        var parent = Path.GetDirectoryName(entry.Folder)!; // a pulled model lies in the folder of all of them
        var fresh = entry with { Folder = Path.Combine(parent, $".pull-{Guid.CreateVersion7():n}") };
        try
        {
            Directory.CreateDirectory(fresh.Folder);
            foreach (var file in entry.Files)
            {
                await DownloadAsync(entry, file, fresh.PathOf(file.Name), cancellationToken);
            }

            fresh.Verify();
            Replace(entry.Folder, fresh.Folder);
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ModelException($"The model '{entry.Name}' cannot be stored in '{parent}': make it writable and check that the disk has space.", exception);
        }
        finally
        {
            if (Directory.Exists(fresh.Folder))
            {
                Directory.Delete(fresh.Folder, recursive: true);
            }
        }
    }

    private static bool IsInPlace(ModelEntry entry)
    {
        try
        {
            entry.Verify();
            return true;
        }
        catch (ModelException)
        {
            return false;
        }
    }

    private async Task DownloadAsync(ModelEntry entry, ModelFile file, string path, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await http.GetAsync(file.Url, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            if (!response.IsSuccessStatusCode)
            {
                throw new ModelException($"{file.Url} answered {(int)response.StatusCode} instead of {file.Name}: check the Url in the settings under Models:Catalog:{entry.Name}.");
            }

            await using var content = await response.Content.ReadAsStreamAsync(cancellationToken);
            var hash = await CopyAsync(content, path, file, cancellationToken);
            if (hash != file.Sha256)
            {
                throw new ModelException($"{file.Url} has the SHA-256 {hash} and not {file.Sha256}: nothing was stored; check Url and Sha256 in the settings under Models:Catalog:{entry.Name}.");
            }
        }
        catch (HttpRequestException exception)
        {
            throw new ModelException($"{file.Url} cannot be fetched ({exception.HttpRequestError}): check the Url in the settings under Models:Catalog:{entry.Name} and the network.", exception);
        }
        catch (TaskCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new ModelException($"{file.Url} takes too long to answer: try again later.", exception);
        }
    }

    private static async Task<string> CopyAsync(Stream content, string path, ModelFile file, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using var target = File.Create(path);
        var buffer = new byte[BufferBytes];
        while (await content.ReadAsync(buffer, cancellationToken) is > 0 and var read)
        {
            if (target.Length + read > ModelEntry.MaximumFileBytes)
            {
                throw new ModelException($"{file.Url} has more than {ModelEntry.MaximumFileBytes >> 20} MiB: nothing was stored; choose a smaller model.");
            }

            hash.AppendData(buffer, 0, read);
            await target.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
        }

        target.Flush(flushToDisk: true);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static void Replace(string folder, string fresh)
    {
        if (!Directory.Exists(folder))
        {
            Directory.Move(fresh, folder);
            return;
        }

        // What is there is not the pinned model, so nobody can be using it.
        var old = fresh + "-old";
        Directory.Move(folder, old);
        Directory.Move(fresh, folder);
        Directory.Delete(old, recursive: true);
    }
}
