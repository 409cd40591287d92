using EatFast.Catalog.Clients;
using EatFast.Catalog.Domain;

namespace EatFast.Catalog.Features;

/// <summary>Anyone sees an image; its name is made of its content, so whoever has it never asks again.</summary>
internal static class ShowImage
{
    public static void Map(IEndpointRouteBuilder app) => app
        .MapGet("/images/{name}", Handle)
        .AllowAnonymous()
        .WithTags("Images")
        .WithName(nameof(ShowImage))
        .WithSummary("Get an image")
        .Produces<byte[]>(contentType: "image/webp")
        .ProducesProblem(404);

    internal static async Task<IResult> Handle(string name, HttpResponse response, IImageStore store, CancellationToken ct)
    {
        if (!ImageName.IsFile(name) || await store.OpenAsync(name, ct) is not { } content)
            return TypedResults.NotFound();
        response.Headers.CacheControl = "public, max-age=31536000, immutable";
        response.Headers.XContentTypeOptions = "nosniff";
        return TypedResults.Stream(content, "image/webp");
    }
}
