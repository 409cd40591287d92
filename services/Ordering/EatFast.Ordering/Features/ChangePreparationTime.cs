using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using EatFast.Http;
using EatFast.Ordering.Data;
using EatFast.Security;
using Microsoft.AspNetCore.Http.HttpResults;

namespace EatFast.Ordering.Features;

/// <summary>The mobile client writes preparation_time, the others preparationTime: exactly one of them.</summary>
public sealed record ChangePreparationTimeRequest(
    [property: JsonPropertyName("preparation_time"), Range(1, 240)] int? SnakeCase = null,
    [property: JsonPropertyName("preparationTime"), Range(1, 240)] int? CamelCase = null) : IValidatableObject
{
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (SnakeCase is null == CamelCase is null)
            yield return new ValidationResult("Give preparation_time or preparationTime, once.", ["preparation_time"]);
    }
}

/// <summary>The kitchen corrects how long it needs, counted from its confirmation; the customer's estimate moves along.</summary>
internal static class ChangePreparationTime
{
    public static void Map(IEndpointRouteBuilder orders, IEndpointRouteBuilder board)
    {
        orders.MapPut("/{orderId:guid}/prep-time", Handle).RequireAuthorization(Policies.Restaurant)
            .WithName(nameof(ChangePreparationTime)).WithSummary("Change the preparation time");
        board.MapMethods("/{orderId:guid}/prep-time", [HttpMethods.Patch, HttpMethods.Put], Handle).ExcludeFromDescription();
    }

    internal static async Task<Ok<Envelope<OrderView>>> Handle(
        Guid orderId, ChangePreparationTimeRequest request, HttpContext http, CurrentUser user, OrderingDbContext db, OrderJournal journal,
        TimeProvider clock, CancellationToken ct)
    {
        var order = await db.RequireOrderAsync(orderId, user, ct);
        order.ChangePreparation(user.AsActor(), (request.SnakeCase ?? request.CamelCase)!.Value, clock.GetUtcNow());
        journal.Record(order);
        await db.SaveChangesAsync(ct);
        return Answer.Ok(Views.Of(order, user.AsActor(), Language.Of(http)));
    }
}
