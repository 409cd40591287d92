using System.Net;
using System.Text;
using EatFast.Security;

namespace EatFast.Catalog.Tests.Features;

/// <summary>What calls itself a form and is none is a mistake of its sender.</summary>
public sealed class BrokenFormTests(CatalogSystem system)
{
    [Theory]
    [InlineData("multipart/form-data", "{}")]
    [InlineData("multipart/form-data; boundary=x", "{}")]
    [InlineData("multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.jpg\"\r\n\r\nabc")]
    [InlineData("multipart/form-data; boundary=x", "--x\r\nno header at all\r\n\r\nabc\r\n--x--")]
    public async Task A_form_that_cannot_be_read_is_refused(string type, string body)
    {
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        content.Headers.TryAddWithoutValidation("Content-Type", type);

        using var answer = await system.SignedIn(Guid.NewGuid(), Roles.RestaurantOwner)
            .PostAsync(new Uri("/api/v1/upload", UriKind.Relative), content, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }
}
