using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;

namespace NetGen;

/// <summary>
/// Brings files from the first mirror that gives them, into a folder where a name only ever stands for a whole, checked file. What an
/// interrupted download has brought stays beside it as <c>*.part</c>, and the next one goes on from there.
/// </summary>
internal sealed class Downloader(HttpClient client, ImmutableArray<Uri> mirrors, string folder, IProgress<DownloadProgress>? progress)
{
    private const int BufferBytes = 1 << 16;

    /// <summary>A mirror that sends nothing for so long is given up.</summary>
    private static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(60);

    /// <summary>Brings one file, unless it is there already.</summary>
    /// <exception cref="IOException">No mirror gave it; the message tells what each of them did.</exception>
    /// <exception cref="OperationCanceledException">The download was cancelled.</exception>
    public async Task DownloadAsync(RemoteFile file, CancellationToken cancellation)
    {
        Directory.CreateDirectory(folder);
        string target = Path.Combine(folder, file.Name), part = target + ".part";
        if (await SumAsync(target, file.Length, cancellation).ConfigureAwait(false) == file.Sha256)
        {
            progress?.Report(new(file.Name, file.Length, file.Length));
            return;
        }

        var faults = new List<Exception>();
        foreach (Uri mirror in mirrors)
        {
            try
            {
                await FetchAsync(new Uri(mirror, file.Name), file, part, cancellation).ConfigureAwait(false);
                File.Move(part, target, overwrite: true);
                return;
            }
            catch (Exception exception) when (exception is HttpRequestException or IOException or DataFormatException
                || (exception is OperationCanceledException && !cancellation.IsCancellationRequested))
            {
                faults.Add(exception);
            }
        }
        string tried = string.Join("; ", mirrors.Zip(faults, (mirror, fault) => $"{mirror.Host}: {fault.Message}"));
        throw new IOException(
            $"{file.Name} could not be downloaded: {(mirrors.IsEmpty ? "there are no mirrors" : tried)}", faults.FirstOrDefault());
    }

    /// <summary>Completes the part from one mirror and checks it; a wrong one is removed.</summary>
    private async Task FetchAsync(Uri address, RemoteFile file, string part, CancellationToken cancellation)
    {
        long before = File.Exists(part) ? new FileInfo(part).Length : 0;
        if (before > file.Length)
        {
            File.Delete(part);
            before = 0;
        }
        if (before < file.Length)
            await AppendAsync(address, file, part, cancellation).ConfigureAwait(false);

        string? sum = await SumAsync(part, file.Length, cancellation).ConfigureAwait(false);
        if (sum == file.Sha256)
            return;
        File.Delete(part);
        if (before > 0)
        {
            // The fault may lie in what was there before, from another mirror perhaps: once more from the beginning.
            await FetchAsync(address, file, part, cancellation).ConfigureAwait(false);
            return;
        }
        throw new DataFormatException(part, $"the SHA-256 {file.Sha256} is expected, {sum} came from {address}");
    }

    private async Task AppendAsync(Uri address, RemoteFile file, string part, CancellationToken cancellation)
    {
        using var silence = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        silence.CancelAfter(LongestSilence);
        var stream = new FileStream(part, FileMode.OpenOrCreate, FileAccess.Write, FileShare.None);
        await using (stream.ConfigureAwait(false))
        {
            using HttpResponseMessage response = await RequestAsync(address, stream.Length, silence.Token).ConfigureAwait(false);
            long? from = response.Content.Headers.ContentRange?.From;
            if (response.StatusCode != HttpStatusCode.PartialContent)
                stream.SetLength(0);
            else if (from != stream.Length)
            {
                throw new IOException(
                    $"the rest from byte {stream.Length} on was asked for, {address} gives it from {from?.ToString(CultureInfo.InvariantCulture) ?? "an unknown byte"}");
            }
            stream.Position = stream.Length;

            Stream source = await response.Content.ReadAsStreamAsync(silence.Token).ConfigureAwait(false);
            var buffer = new byte[BufferBytes];
            progress?.Report(new(file.Name, stream.Position, file.Length));
            while (true)
            {
                silence.CancelAfter(LongestSilence);
                int read = await source.ReadAsync(buffer, silence.Token).ConfigureAwait(false);
                if (read == 0)
                    break;
                if (stream.Position + read > file.Length)
                {
                    stream.SetLength(0);
                    throw new DataFormatException(part, $"{file.Length} bytes are expected, more came from {address}");
                }
                await stream.WriteAsync(buffer.AsMemory(0, read), silence.Token).ConfigureAwait(false);
                progress?.Report(new(file.Name, stream.Position, file.Length));
            }
            stream.Flush(flushToDisk: true);
            if (stream.Position < file.Length)
                throw new IOException($"the connection ended after {stream.Position} of {file.Length} bytes");
        }
    }

    private async Task<HttpResponseMessage> RequestAsync(Uri address, long from, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        if (from > 0)
            request.Headers.Range = new RangeHeaderValue(from, null);
        HttpResponseMessage response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation).ConfigureAwait(false);
        if (response.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable && from > 0)
        {
            response.Dispose();
            return await RequestAsync(address, 0, cancellation).ConfigureAwait(false);
        }
        try
        {
            return response.EnsureSuccessStatusCode();
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }

    /// <summary>The SHA-256 of a file; null where there is none of that length.</summary>
    private static async Task<string?> SumAsync(string path, long length, CancellationToken cancellation)
    {
        var file = new FileInfo(path);
        if (!file.Exists || file.Length != length)
            return null;
        FileStream stream = file.OpenRead();
        await using (stream.ConfigureAwait(false))
            return Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancellation).ConfigureAwait(false));
    }
}
