using System.Text.Json.Serialization;
using EatFast.Errors;
using EatFast.Http;

namespace EatFast.Payments.Features;

[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Skip)]
public sealed record UnavailableMethodRequest([property: NotEmpty] Guid OrderId, decimal? Amount, string? Currency);

/// <summary>Says of a provider without a contract that it cannot be used, so that a client offers another one.</summary>
internal static class RefuseUnavailableMethod
{
    public static void Map(IEndpointRouteBuilder payments)
    {
        foreach (var provider in new[] { "stripe" })
            payments.MapPost($"/{provider}", Handle).WithName($"PayBy_{provider}").WithSummary($"Pay an order through {provider}");
    }

    internal static IResult Handle(UnavailableMethodRequest request) =>
        throw new RuleViolatedException("PAYMENT_METHOD_UNAVAILABLE", ("orderId", request.OrderId));
}
