namespace CopilotBot.Channels;

/// <summary>The bytes of a request, before anything is made of them.</summary>
internal static class ReadBody
{
    /// <returns>Null when there are more than the maximum.</returns>
    public static async Task<ReadOnlyMemory<byte>?> ReadAsync(HttpContext http, int maximum)
    {
        using var body = new MemoryStream();
        var buffer = new byte[16 * 1024];
        int read;
        while ((read = await http.Request.Body.ReadAsync(buffer, http.RequestAborted)) > 0)
        {
            if (body.Length + read > maximum)
            {
                return null;
            }

            body.Write(buffer, 0, read);
        }

        return body.ToArray();
    }
}
