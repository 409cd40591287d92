using System.Net;
using System.Text.Json;
using EatFast.Ordering.Contracts;
using EatFast.Security;

namespace EatFast.Catalog.Tests.Features;

public sealed class ReviewsTests(CatalogSystem system)
{
    [Fact]
    public async Task Ratings_make_the_exact_mean_and_repeats_count_once()
    {
        var kitchen = await system.OpenKitchenAsync();

        foreach (var stars in new[] { 5, 4, 4 })
            await system.Catalog.DeliverAsync(Rated(kitchen, Guid.NewGuid(), stars), times: 2);

        var seen = await system.GetDataAsync($"/api/v1/restaurants/{kitchen.Id}");
        Assert.Equal((4.33m, 3), (seen.GetProperty("rating").GetDecimal(), seen.GetProperty("reviewCount").GetInt32()));
        var reviews = await system.GetDataAsync($"/api/v1/restaurants/{kitchen.Id}/reviews?limit=2");
        Assert.Equal(2, reviews.GetProperty("reviews").GetArrayLength());
        Assert.Equal(2, reviews.GetProperty("summary").GetProperty("ratingDistribution").GetProperty("4").GetInt32());
        Assert.Equal(3, reviews.GetProperty("pagination").GetProperty("total").GetInt32());
    }

    [Fact]
    public async Task An_order_is_reviewed_once_whichever_way_and_however_often_at_once()
    {
        var kitchen = await system.OpenKitchenAsync();
        var (order, customer) = (Guid.NewGuid(), Guid.NewGuid());
        system.Ordering.Add(order, "delivered", customer, kitchen.Id);

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => PostAsync(customer, kitchen.Id, order)));
        await system.Catalog.DeliverAsync(Rated(kitchen, order, 1));

        Assert.Equal(1, answers.Count(answer => answer.StatusCode == HttpStatusCode.Created));
        foreach (var late in answers.Where(answer => answer.StatusCode != HttpStatusCode.Created))
            await late.IsRefusedAsync(HttpStatusCode.Conflict, "REVIEW_EXISTS");
        Assert.Equal(1, (await system.GetDataAsync($"/api/v1/restaurants/{kitchen.Id}")).GetProperty("reviewCount").GetInt32());
    }

    [Fact]
    public async Task Only_what_one_ate_there_can_be_reviewed()
    {
        var kitchen = await system.OpenKitchenAsync();
        var (early, delivered, customer) = (Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid());
        system.Ordering.Add(early, "preparing", customer, kitchen.Id);
        system.Ordering.Add(delivered, "delivered", customer, Guid.NewGuid());

        using var tooEarly = await PostAsync(customer, kitchen.Id, early);
        using var foreign = await PostAsync(Guid.NewGuid(), kitchen.Id, early);
        using var elsewhere = await PostAsync(customer, kitchen.Id, delivered);
        using var senseless = await PostAsync(customer, kitchen.Id, early, rating: 6);
        using var owner = await system.SignedIn(Guid.NewGuid()).SendAsync("POST", $"/restaurants/{kitchen.Id}/reviews", "{}");

        await tooEarly.IsRefusedAsync(HttpStatusCode.Conflict, "REVIEW_TOO_EARLY");
        await foreign.IsRefusedAsync(HttpStatusCode.NotFound, "REVIEW_ORDER_NOT_FOUND");
        await elsewhere.IsRefusedAsync(HttpStatusCode.NotFound, "REVIEW_ORDER_NOT_FOUND");
        await senseless.IsRefusedAsync(HttpStatusCode.BadRequest, "VALIDATION_ERROR");
        Assert.Equal(HttpStatusCode.Forbidden, owner.StatusCode);
    }

    [Fact]
    public async Task A_review_names_its_writer_in_short_and_an_unknown_one_not_at_all()
    {
        var kitchen = await system.OpenKitchenAsync();
        var (known, unknown) = (Rated(kitchen, Guid.NewGuid(), 5), Rated(kitchen, Guid.NewGuid(), 4));
        system.Identity.People[known.CustomerId] = new() { UserId = $"{known.CustomerId}", FirstName = "Awa", LastName = "Ngono", Email = "awa@example.cm" };
        await system.Catalog.DeliverAsync(known);
        await system.Catalog.DeliverAsync(unknown);

        // On a busy machine Identity may be too late for the first answer.
        await Testing.Eventually.AsTrue(
            async () => (await OfAsync(kitchen, known.CustomerId)).GetProperty("userName").GetString() == "Awa N.", "the writer is named");
        Assert.Equal(JsonValueKind.Null, (await OfAsync(kitchen, known.CustomerId)).GetProperty("userAvatar").ValueKind);
        Assert.Equal("", (await OfAsync(kitchen, unknown.CustomerId)).GetProperty("userName").GetString());
    }

    private async Task<JsonElement> OfAsync(Kitchen kitchen, Guid customer) =>
        (await system.GetDataAsync($"/api/v1/restaurants/{kitchen.Id}/reviews")).GetProperty("reviews").EnumerateArray()
            .Single(review => review.GetProperty("userId").GetGuid() == customer);

    [Fact]
    public async Task The_owner_answers_and_a_stranger_does_not()
    {
        var kitchen = await system.OpenKitchenAsync();
        var order = Guid.NewGuid();
        await system.Catalog.DeliverAsync(Rated(kitchen, order, 2));
        var path = $"/restaurant/reviews/{order}/response";

        using var foreign = await system.SignedIn(Guid.NewGuid()).SendAsync("PUT", path, """{"response":"Non"}""");
        using var answered = await system.SignedIn(kitchen.Restaurant.OwnerId).SendAsync("PUT", path, """{"response":"Merci, nous ferons mieux"}""");

        await foreign.IsRefusedAsync(HttpStatusCode.NotFound, "REVIEW_NOT_FOUND");
        Assert.Equal(HttpStatusCode.OK, answered.StatusCode);
        var reviews = await system.GetDataAsync($"/api/v1/restaurants/{kitchen.Id}/reviews");
        Assert.Equal("Merci, nous ferons mieux", reviews.GetProperty("reviews")[0].GetProperty("restaurantResponse").GetString());
    }

    private Task<HttpResponseMessage> PostAsync(Guid customer, Guid restaurant, Guid order, int rating = 5) =>
        system.SignedIn(customer, Roles.Customer).SendAsync(
            "POST", $"/restaurants/{restaurant}/reviews", JsonSerializer.Serialize(new { orderId = order, rating, comment = "Très bon" }));

    private OrderRated Rated(Kitchen kitchen, Guid order, int stars) => new(
        order, "EF-1", Guid.NewGuid(), kitchen.Id, kitchen.Restaurant.OwnerId, stars, null, null, "Bon", 9, system.Clock.GetUtcNow());
}
