using System.Buffers.Binary;
using System.Net;
using System.Net.Http.Headers;
using EatFast.Catalog.Domain;
using EatFast.Catalog.Features;
using EatFast.Security;
using Microsoft.Extensions.DependencyInjection;
using NetVips;

namespace EatFast.Catalog.Tests.Features;

public sealed class UploadImageTests(CatalogSystem system)
{
    [Fact]
    public async Task A_picture_is_made_anew_in_three_widths_without_what_the_camera_wrote()
    {
        var photo = Photo(2_000, 1_000);
        using (var sent = Image.NewFromBuffer(photo))
            Assert.Contains(sent.GetFields(), field => field.StartsWith("exif", StringComparison.Ordinal));

        var kept = await (await UploadAsync("/upload", photo)).DataAsync();

        Assert.Equal(3, kept.GetProperty("srcset").GetString()!.Split(", ").Length);
        foreach (var (width, url) in kept.GetProperty("srcset").GetString()!.Split(", ").Select(part => (part.Split(' ')[1], part.Split(' ')[0])))
        {
            using var answer = await system.Public.GetAsync(new Uri(url, UriKind.Relative));
            using var image = Image.NewFromBuffer(await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
            Assert.Equal(width, $"{image.Width}w");
            Assert.Equal("image/webp", answer.Content.Headers.ContentType!.MediaType);
            Assert.Contains("immutable", answer.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
            Assert.DoesNotContain(image.GetFields(), field => field.StartsWith("exif", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task A_small_picture_is_not_enlarged_and_the_same_one_gets_the_same_name()
    {
        var first = await (await UploadAsync("/upload", Photo(200, 100))).DataAsync();
        var second = await (await UploadAsync("/upload", Photo(200, 100))).DataAsync();

        using var image = Image.NewFromBuffer(await system.Public.GetByteArrayAsync(new Uri(first.GetProperty("url").GetString()!, UriKind.Relative)));
        Assert.Equal(200, image.Width);
        Assert.Equal(first.GetProperty("url").GetString(), second.GetProperty("url").GetString());
    }

    [Fact]
    public async Task An_items_picture_is_in_the_menu_at_once()
    {
        var kitchen = await system.OpenKitchenAsync();
        await system.GetDataAsync($"/api/v1/restaurants/{kitchen.Id}/menu");

        var kept = await (await UploadAsync($"/menu/items/{kitchen.Item.Id}/image", Photo(400, 400), kitchen.Restaurant.OwnerId, "image")).DataAsync();

        var item = (await system.GetDataAsync($"/api/v1/restaurants/{kitchen.Id}/menu")).GetProperty("menu")[0];
        Assert.Equal(kept.GetProperty("image_url").GetString(), item.GetProperty("imageUrl").GetString());
        Assert.Equal(kept.GetProperty("srcset").GetString(), item.GetProperty("imageSrcset").GetString());
    }

    [Fact]
    public async Task A_categorys_picture_is_in_the_menu_at_once_and_only_its_owner_sets_it()
    {
        var kitchen = await system.OpenKitchenAsync();
        var path = $"/menu/categories/{kitchen.Category.Id}/image";

        var kept = await (await UploadAsync(path, Photo(300, 300), kitchen.Restaurant.OwnerId, "image")).DataAsync();
        using var stranger = await UploadAsync(path, Photo(300, 300), Guid.NewGuid());

        var category = (await system.GetDataAsync($"/api/v1/restaurants/{kitchen.Id}/menu")).GetProperty("categories")[0];
        Assert.Equal(kept.GetProperty("image_url").GetString(), category.GetProperty("imageUrl").GetString());
        await stranger.IsRefusedAsync(HttpStatusCode.NotFound, "MENU_CATEGORY_NOT_FOUND");
    }

    [Fact]
    public async Task A_deleted_picture_is_gone_with_its_files_and_only_its_owner_deletes_it()
    {
        var kitchen = await system.OpenKitchenAsync();
        var url = (await (await UploadAsync($"/menu/items/{kitchen.Item.Id}/image", Photo(401, 402), kitchen.Restaurant.OwnerId, "image")).DataAsync())
            .GetProperty("image_url").GetString()!;
        var body = $$"""{"image_url":"{{url}}"}""";

        using var foreign = await system.SignedIn(Guid.NewGuid()).SendAsync("DELETE", "/images/delete", body);
        var removed = await (await system.SignedIn(kitchen.Restaurant.OwnerId).SendAsync("DELETE", "/images/delete", body)).DataAsync();
        using var again = await system.SignedIn(kitchen.Restaurant.OwnerId).SendAsync("DELETE", $"/images/delete?image_url={url}");
        using var file = await system.Public.GetAsync(new Uri(url, UriKind.Relative));

        await foreign.IsRefusedAsync(HttpStatusCode.NotFound, "IMAGE_NOT_FOUND");
        Assert.Equal(1, removed.GetProperty("removed").GetInt32());
        await again.IsRefusedAsync(HttpStatusCode.NotFound, "IMAGE_NOT_FOUND");
        Assert.Equal(HttpStatusCode.NotFound, file.StatusCode);
    }

    [Fact]
    public async Task A_replaced_picture_goes_a_day_later_and_the_new_one_stays()
    {
        var kitchen = await system.OpenKitchenAsync();
        var path = $"/menu/items/{kitchen.Item.Id}/image";
        var old = (await (await UploadAsync(path, Photo(403, 404), kitchen.Restaurant.OwnerId)).DataAsync()).GetProperty("url").GetString()!;
        var fresh = (await (await UploadAsync(path, Photo(405, 406), kitchen.Restaurant.OwnerId)).DataAsync()).GetProperty("url").GetString()!;

        await SweepAsync();
        Assert.True(await IsThereAsync(old));
        var unshown = system.Catalog.Services.GetRequiredService<UnshownImages>();
        unshown[ImageName.ContentOf(old)!] = system.Clock.GetUtcNow().AddDays(-1);
        unshown[ImageName.ContentOf(fresh)!] = system.Clock.GetUtcNow().AddDays(-1);
        await SweepAsync();

        Assert.Equal((false, true), (await IsThereAsync(old), await IsThereAsync(fresh)));
    }

    private async Task SweepAsync()
    {
        await using var scope = system.Catalog.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<SweepImages>().RunAsync(TestContext.Current.CancellationToken);
    }

    private async Task<bool> IsThereAsync(string url)
    {
        using var answer = await system.Public.GetAsync(new Uri(url, UriKind.Relative));
        return answer.IsSuccessStatusCode;
    }

    [Fact]
    public async Task Bombs_and_what_is_no_picture_are_refused()
    {
        using var bomb = await UploadAsync("/upload", HugePng());
        using var text = await UploadAsync("/upload", "<svg xmlns='http://www.w3.org/2000/svg'/>"u8.ToArray());
        using var broken = await UploadAsync("/upload", Photo(400, 400)[..200]);
        using var heavy = await UploadAsync("/upload", [0xFF, 0xD8, 0xFF, .. new byte[5 * 1024 * 1024]]);

        await bomb.IsRefusedAsync(HttpStatusCode.RequestEntityTooLarge, "IMAGE_TOO_LARGE");
        await text.IsRefusedAsync(HttpStatusCode.UnprocessableEntity, "IMAGE_UNREADABLE");
        await broken.IsRefusedAsync(HttpStatusCode.UnprocessableEntity, "IMAGE_UNREADABLE");
        await heavy.IsRefusedAsync(HttpStatusCode.RequestEntityTooLarge, "IMAGE_TOO_LARGE");
    }

    [Theory]
    [InlineData("/images/../appsettings.json")]
    [InlineData("/images/..%2f..%2fetc%2fpasswd")]
    [InlineData("/images/0000000000000000000000000000000000000000-800.webp")]
    public async Task Names_that_are_no_image_are_not_there(string path)
    {
        using var answer = await system.Public.GetAsync(new Uri(path, UriKind.Relative));

        Assert.True(answer.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Customers_upload_nothing_and_owners_only_for_their_own()
    {
        var kitchen = await system.OpenKitchenAsync();

        using var customer = await UploadAsync("/upload", Photo(10, 10), role: Roles.Customer);
        using var foreign = await UploadAsync($"/menu/items/{kitchen.Item.Id}/image", Photo(10, 10));
        using var empty = await system.SignedIn(Guid.NewGuid()).SendAsync("POST", "/upload", "{}");

        Assert.Equal(HttpStatusCode.Forbidden, customer.StatusCode);
        await foreign.IsRefusedAsync(HttpStatusCode.NotFound, "MENU_ITEM_NOT_FOUND");
        await empty.IsRefusedAsync(HttpStatusCode.UnsupportedMediaType, "UNSUPPORTED_MEDIA_TYPE");
    }

    private async Task<HttpResponseMessage> UploadAsync(
        string path, byte[] picture, Guid? owner = null, string field = "file", string role = Roles.RestaurantOwner)
    {
        using var form = new MultipartFormDataContent();
        var content = new ByteArrayContent(picture) { Headers = { ContentType = new MediaTypeHeaderValue("image/jpeg") } };
        form.Add(content, field, "../../photo.jpg");
        return await system.SignedIn(owner ?? Guid.NewGuid(), role).PostAsync(new Uri($"/api/v1{path}", UriKind.Relative), form);
    }

    private static byte[] Photo(int width, int height)
    {
        using var plain = Image.Black(width, height, bands: 3);
        using var photo = plain.Mutate(image => image.Set(GValue.GStrType, "exif-ifd0-Software", "Camera at 4.05N 9.70E"));
        return photo.JpegsaveBuffer();
    }

    // A header that promises 2.5 thousand million pixels.
    private static byte[] HugePng()
    {
        using var small = Image.Black(8, 8, bands: 3);
        var png = small.PngsaveBuffer();
        BinaryPrimitives.WriteInt32BigEndian(png.AsSpan(16), 50_000);
        BinaryPrimitives.WriteInt32BigEndian(png.AsSpan(20), 50_000);
        BinaryPrimitives.WriteUInt32BigEndian(png.AsSpan(29), ChecksumOf(png.AsSpan(12, 17)));
        return png;
    }

    // The check sum of PNG's chunks, so that only the size is wrong.
    private static uint ChecksumOf(ReadOnlySpan<byte> chunk)
    {
        var sum = uint.MaxValue;
        foreach (var part in chunk)
        {
            sum ^= part;
            for (var bit = 0; bit < 8; bit++)
                sum = (sum & 1) == 1 ? (sum >> 1) ^ 0xEDB88320 : sum >> 1;
        }
        return ~sum;
    }
}
