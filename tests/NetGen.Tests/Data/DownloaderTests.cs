using System.Collections.Immutable;
using System.Net;
using System.Security.Cryptography;

namespace NetGen.Tests.Data;

public sealed class DownloaderTests : IDisposable
{
    private static readonly byte[] Content = [.. Enumerable.Range(0, 200_000).Select(i => (byte)(i * i >> 3))];
    private static readonly RemoteFile Remote = new("data.gz", Content.Length, Convert.ToHexStringLower(SHA256.HashData(Content)));

    private readonly TemporaryFolder folder = new();
    private readonly List<DownloadProgress> reports = [];

    public void Dispose() => folder.Dispose();

    private sealed class Recorder(Action<DownloadProgress> report) : IProgress<DownloadProgress>
    {
        public void Report(DownloadProgress value) => report(value);
    }

    private async Task<MirrorHandler> Download(
        Func<HttpRequestMessage, HttpResponseMessage> answer, string[]? hosts = null, CancellationToken cancellation = default)
    {
        var handler = new MirrorHandler(answer);
        using var client = new HttpClient(handler);
        ImmutableArray<Uri> mirrors = [.. (hosts ?? ["one"]).Select(host => new Uri($"https://{host}/set/"))];
        await new Downloader(client, mirrors, folder.Path, new Recorder(reports.Add)).DownloadAsync(Remote, cancellation);
        return handler;
    }

    private void ShouldBeInstalled()
    {
        folder.Names.ShouldBe(["data.gz"]);
        File.ReadAllBytes(folder["data.gz"]).ShouldBe(Content);
    }

    [Fact]
    public async Task BringsAFileAndTellsHowFarItIs()
    {
        MirrorHandler mirror = await Download(_ => MirrorHandler.Whole(Content));
        ShouldBeInstalled();
        mirror.Requests.ShouldBe(["one/set/data.gz"]);
        reports[0].ShouldBe(new("data.gz", 0, Content.Length));
        reports[^1].ShouldBe(new("data.gz", Content.Length, Content.Length));
        reports.Select(report => report.Received).ShouldBeInOrder();
    }

    [Fact]
    public async Task AsksForNothingThatIsThere()
    {
        folder.Write("data.gz", Content);
        (await Download(_ => throw new InvalidOperationException())).Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task ReplacesAFileInTheCacheThatIsDamaged()
    {
        folder.Write("data.gz", new byte[Content.Length]);
        await Download(_ => MirrorHandler.Whole(Content));
        ShouldBeInstalled();
    }

    [Fact]
    public async Task GoesOnWhereAnInterruptedDownloadEnded()
    {
        folder.Write("data.gz.part", Content[..70_000]);
        MirrorHandler mirror = await Download(request => MirrorHandler.Range(request, Content));
        ShouldBeInstalled();
        mirror.Requests.ShouldBe(["one/set/data.gz bytes=70000-"]);
        reports[0].Received.ShouldBe(70_000);
    }

    [Fact]
    public async Task BeginsAgainWithAMirrorThatDoesNotKnowRanges()
    {
        folder.Write("data.gz.part", Content[..70_000]);
        await Download(_ => MirrorHandler.Whole(Content));
        ShouldBeInstalled();
    }

    [Fact]
    public async Task BeginsAgainWhenWhatWasThereIsWrong()
    {
        folder.Write("data.gz.part", new byte[70_000]);
        MirrorHandler mirror = await Download(request => MirrorHandler.Range(request, Content));
        ShouldBeInstalled();
        mirror.Requests.ShouldBe(["one/set/data.gz bytes=70000-", "one/set/data.gz"]);
    }

    [Fact]
    public async Task UsesAPartThatIsComplete()
    {
        folder.Write("data.gz.part", Content);
        (await Download(_ => throw new InvalidOperationException())).Requests.ShouldBeEmpty();
        ShouldBeInstalled();
    }

    [Fact]
    public async Task DropsAPartThatIsTooLong()
    {
        folder.Write("data.gz.part", new byte[Content.Length + 1]);
        (await Download(request => MirrorHandler.Range(request, Content))).Requests.ShouldBe(["one/set/data.gz"]);
        ShouldBeInstalled();
    }

    [Fact]
    public async Task AMirrorThatRefusesTheRangeIsAskedForAll()
    {
        folder.Write("data.gz.part", Content[..70_000]);
        MirrorHandler mirror = await Download(request =>
            request.Headers.Range is null ? MirrorHandler.Whole(Content) : new HttpResponseMessage(HttpStatusCode.RequestedRangeNotSatisfiable));
        ShouldBeInstalled();
        mirror.Requests.Count.ShouldBe(2);
    }

    [Fact]
    public async Task ARangeThatWasNotAskedForIsNotTaken()
    {
        folder.Write("data.gz.part", Content[..70_000]);
        IOException exception = await Should.ThrowAsync<IOException>(() => Download(request =>
        {
            request.Headers.Range!.Ranges.Single().From.ShouldBe(70_000);
            HttpResponseMessage response = new(HttpStatusCode.PartialContent) { Content = new ByteArrayContent(Content[60_000..]) };
            response.Content.Headers.ContentRange = new(60_000, Content.Length - 1, Content.Length);
            return response;
        }));
        exception.Message.ShouldContain("from byte 70000 on was asked for");
        File.ReadAllBytes(folder["data.gz.part"]).ShouldBe(Content[..70_000]);
    }

    [Fact]
    public async Task RefusesAWrongSumAndKeepsNothingOfIt()
    {
        byte[] other = [.. Content];
        other[123_456] ^= 1;
        IOException exception = await Should.ThrowAsync<IOException>(() => Download(_ => MirrorHandler.Whole(other)));
        exception.Message.ShouldBe(
            $"data.gz could not be downloaded: one: data.gz.part: the SHA-256 {Remote.Sha256} is expected, {Convert.ToHexStringLower(SHA256.HashData(other))} came from https://one/set/data.gz");
        folder.Names.ShouldBeEmpty();
    }

    [Fact]
    public async Task RefusesMoreBytesThanTheFileHas()
    {
        IOException exception = await Should.ThrowAsync<IOException>(() => Download(_ => MirrorHandler.Whole([.. Content, 1])));
        exception.Message.ShouldContain("200000 bytes are expected, more came from https://one/set/data.gz");
        folder.Names.ShouldNotContain("data.gz");
    }

    [Fact]
    public async Task TriesTheNextMirrorAfterAnyFault()
    {
        MirrorHandler mirror = await Download(
            request => request.RequestUri!.Host switch
            {
                "gone" => new(HttpStatusCode.NotFound),
                "dead" => throw new HttpRequestException("No such host is known."),
                "liar" => MirrorHandler.Whole(new byte[Content.Length]),
                "short" => MirrorHandler.Whole(Content[..50_000]),
                _ => MirrorHandler.Range(request, Content),
            },
            ["gone", "dead", "liar", "short", "good"]);
        ShouldBeInstalled();
        mirror.Requests.ShouldBe(["gone/set/data.gz", "dead/set/data.gz", "liar/set/data.gz", "short/set/data.gz", "good/set/data.gz bytes=50000-"]);
    }

    [Fact]
    public async Task TellsWhatEachMirrorDid()
    {
        IOException exception = await Should.ThrowAsync<IOException>(() => Download(
            request => request.RequestUri!.Host == "gone"
                ? new(HttpStatusCode.NotFound)
                : MirrorHandler.Whole(new MirrorHandler.BreakingStream(Content[..50_000], () => throw new IOException("The connection was reset."))),
            ["gone", "broken"]));
        exception.Message.ShouldContain("data.gz could not be downloaded: gone: ");
        exception.Message.ShouldContain("404");
        exception.Message.ShouldEndWith("broken: The connection was reset.");
        File.ReadAllBytes(folder["data.gz.part"]).ShouldBe(Content[..50_000]);
    }

    [Fact]
    public async Task CancellationKeepsWhatIsHere()
    {
        using var cancellation = new CancellationTokenSource();
        await Should.ThrowAsync<OperationCanceledException>(() => Download(
            _ => MirrorHandler.Whole(new MirrorHandler.BreakingStream(Content[..80_000], cancellation.Cancel)), ["one", "two"], cancellation.Token));
        folder.Names.ShouldBe(["data.gz.part"]);
        File.ReadAllBytes(folder["data.gz.part"]).ShouldBe(Content[..80_000]);
        await Download(request => MirrorHandler.Range(request, Content));
        ShouldBeInstalled();
    }

    [Fact]
    public async Task MnistComesThroughTheSameDoorAndRefusesAnotherSet()
    {
        var handler = new MirrorHandler(_ => MirrorHandler.Whole(new byte[9_912_422]));
        using var client = new HttpClient(handler);
        IOException exception = await Should.ThrowAsync<IOException>(() =>
            Mnist.DownloadAsync(folder.Path, [new Uri("https://mirror/mnist")], client: client));
        exception.Message.ShouldContain("the SHA-256 440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609 is expected");
        handler.Requests.ShouldBe(["mirror/mnist/train-images-idx3-ubyte.gz"]);
        folder.Names.ShouldBeEmpty();
    }

    /// <summary>The real files behind a mirror in memory, where the machine has them: the sums in the tables are theirs.</summary>
    [Theory]
    [InlineData("mnist")]
    [InlineData("fashion-mnist")]
    public async Task RealFilesPassTheirSums(string name)
    {
        if (RealData.Find(name) is not { } source)
            return;
        var handler = new MirrorHandler(request => MirrorHandler.Range(request, File.ReadAllBytes(Path.Combine(source, Path.GetFileName(request.RequestUri!.AbsolutePath)))));
        using var client = new HttpClient(handler);
        Uri[] mirrors = [new("https://mirror/set/")];
        DataSplit split = name == "mnist"
            ? await Mnist.DownloadAsync(folder.Path, mirrors, client: client)
            : await FashionMnist.DownloadAsync(folder.Path, mirrors, client: client);
        split.Train.Count.ShouldBe(60_000);
        split.Test.Count.ShouldBe(10_000);
        handler.Requests.Count.ShouldBe(4);
    }
}
