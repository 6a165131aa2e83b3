using System.Net;
using System.Net.Http.Headers;

namespace NetGen.Tests.Data;

/// <summary>Mirrors in memory: what each request gets is told by a function of the request.</summary>
internal sealed class MirrorHandler(Func<HttpRequestMessage, HttpResponseMessage> answer) : HttpMessageHandler
{
    /// <summary>The requests so far: host, file, first byte asked for.</summary>
    public List<string> Requests { get; } = [];

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Requests.Add($"{request.RequestUri!.Host}{request.RequestUri.AbsolutePath} {request.Headers.Range}".TrimEnd());
        return Task.FromResult(answer(request));
    }

    public static HttpResponseMessage Whole(Stream content) => new(HttpStatusCode.OK) { Content = new StreamContent(content) };

    public static HttpResponseMessage Whole(byte[] content) => Whole(new MemoryStream(content));

    /// <summary>What a server that knows ranges gives.</summary>
    public static HttpResponseMessage Range(HttpRequestMessage request, byte[] content)
    {
        if (request.Headers.Range is not { } range)
            return Whole(content);
        long from = range.Ranges.Single().From!.Value;
        if (from >= content.Length)
            return new(HttpStatusCode.RequestedRangeNotSatisfiable);
        HttpResponseMessage response = new(HttpStatusCode.PartialContent) { Content = new ByteArrayContent(content[(int)from..]) };
        response.Content.Headers.ContentRange = new ContentRangeHeaderValue(from, content.Length - 1, content.Length);
        return response;
    }

    /// <summary>A stream that gives some bytes, then does something else.</summary>
    public sealed class BreakingStream(byte[] content, Action then) : MemoryStream(content)
    {
        public override int Read(byte[] buffer, int offset, int count) => After(base.Read(buffer, offset, count));

        public override int Read(Span<byte> buffer) => After(base.Read(buffer));

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            int read = Read(buffer.Span);
            cancellationToken.ThrowIfCancellationRequested();
            return ValueTask.FromResult(read);
        }

        private int After(int read)
        {
            if (read == 0)
                then();
            return read;
        }
    }
}
