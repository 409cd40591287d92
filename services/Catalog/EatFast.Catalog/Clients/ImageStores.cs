using System.Runtime.CompilerServices;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;

namespace EatFast.Catalog.Clients;

/// <summary>The section "Images": a folder, or a bucket of any store that speaks S3 once its address is given.</summary>
internal sealed class ImageOptions
{
    public string Folder { get; set; } = Path.Combine(Path.GetTempPath(), "eatfast-images");

    public string? ServiceUrl { get; set; }

    public string Bucket { get; set; } = "eatfast";

    public string? AccessKey { get; set; }

    public string? SecretKey { get; set; }
}

/// <summary>Where images are kept. A name is written once with its content and never changed.</summary>
internal interface IImageStore
{
    Task PutAsync(string name, byte[] content, CancellationToken ct);

    /// <summary>Null when there is none.</summary>
    Task<Stream?> OpenAsync(string name, CancellationToken ct);

    /// <summary>One that is not there is gone already.</summary>
    Task DeleteAsync(string name, CancellationToken ct);

    IAsyncEnumerable<string> ListAsync(CancellationToken ct);
}

/// <summary>Images in a folder that all replicas share.</summary>
internal sealed class ImageFolder(ImageOptions options) : IImageStore
{
    public async Task PutAsync(string name, byte[] content, CancellationToken ct)
    {
        Directory.CreateDirectory(options.Folder);
        var path = Path.Combine(options.Folder, name);
        if (File.Exists(path))
            return;
        // Under another name first: a reader never sees half an image.
        var draft = $"{path}.{Guid.NewGuid():N}";
        await File.WriteAllBytesAsync(draft, content, ct);
        File.Move(draft, path, overwrite: true);
    }

    public Task<Stream?> OpenAsync(string name, CancellationToken ct)
    {
        var path = Path.Combine(options.Folder, name);
        return Task.FromResult<Stream?>(File.Exists(path) ? File.OpenRead(path) : null);
    }

    public Task DeleteAsync(string name, CancellationToken ct)
    {
        Directory.CreateDirectory(options.Folder);
        File.Delete(Path.Combine(options.Folder, name));
        return Task.CompletedTask;
    }

    public IAsyncEnumerable<string> ListAsync(CancellationToken ct)
    {
        Directory.CreateDirectory(options.Folder);
        return Directory.EnumerateFiles(options.Folder).Select(path => Path.GetFileName(path)).ToAsyncEnumerable();
    }
}

/// <summary>Images in a bucket, through the S3 contract.</summary>
internal sealed class ImageBucket(ImageOptions options) : IImageStore, IDisposable
{
    private readonly AmazonS3Client _s3 = new(new BasicAWSCredentials(options.AccessKey, options.SecretKey), new AmazonS3Config
    {
        ServiceURL = options.ServiceUrl,
        ForcePathStyle = true,
        AuthenticationRegion = "us-east-1",
        // The newer checksum trailers are unknown to most stores that are compatible with S3.
        RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
        ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED
    });

    public Task PutAsync(string name, byte[] content, CancellationToken ct) => _s3.PutObjectAsync(
        new PutObjectRequest
        {
            BucketName = options.Bucket,
            Key = name,
            InputStream = new MemoryStream(content),
            ContentType = "image/webp",
            Headers = { CacheControl = "public, max-age=31536000, immutable" }
        },
        ct);

    public async Task<Stream?> OpenAsync(string name, CancellationToken ct)
    {
        try
        {
            return (await _s3.GetObjectAsync(options.Bucket, name, ct)).ResponseStream;
        }
        catch (AmazonS3Exception missing) when (missing.StatusCode == System.Net.HttpStatusCode.NotFound)
        {
            return null;
        }
    }

    public Task DeleteAsync(string name, CancellationToken ct) => _s3.DeleteObjectAsync(options.Bucket, name, ct);

    public async IAsyncEnumerable<string> ListAsync([EnumeratorCancellation] CancellationToken ct)
    {
        var pages = _s3.Paginators.ListObjectsV2(new ListObjectsV2Request { BucketName = options.Bucket });
        await foreach (var image in pages.S3Objects.WithCancellation(ct))
            yield return image.Key;
    }

    public void Dispose() => _s3.Dispose();
}
