using System.Net;
using System.Text;
using System.Text.Json;
using EatFast.Simulation.Core;
using EatFast.Simulation.Services;

namespace EatFast.Simulation.Outside;

/// <summary>The way from a process to the provider and back; each part of it may fail, before or after money moved.</summary>
internal sealed class ProviderCalls(Life life) : HttpMessageHandler
{
    private readonly World _world = life.World;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var path = request.RequestUri!.AbsolutePath.Split('/', StringSplitOptions.RemoveEmptyEntries);
        var what = path.Contains("transaction") ? "transaction" : path[^1];
        await life.BoundaryAsync($"calls the provider: {what}");
        var trouble = _world.Chance(_world.Faults.ProviderTrouble) ? _world.Random.Next(7) : -1;
        if (trouble == 0)
            throw new HttpRequestException(HttpRequestError.ConnectionError, "The simulated provider cannot be reached.");
        if (trouble == 1)
            return Json(HttpStatusCode.ServiceUnavailable, new { message = "try later" });
        if (trouble == 2)
            throw new IOException("The request to the simulated provider got lost.");
        if (trouble == 3)
            return Json(HttpStatusCode.TooManyRequests, new { message = "slow down" });
        var answer = what switch
        {
            "transaction" => Tell(path[^1]),
            "history" => List(),
            _ => await MoveAsync(what == "collect", request, trouble >= 4)
        };
        await life.BoundaryAsync("hears from the provider");
        return trouble switch
        {
            4 or 5 => throw new IOException("The simulated provider's answer got lost."),
            6 => Json(HttpStatusCode.BadGateway, new { message = "bad gateway" }),
            _ => answer
        };
    }

    private async Task<HttpResponseMessage> MoveAsync(bool isCollect, HttpRequestMessage request, bool isLost)
    {
        using var body = JsonDocument.Parse(await request.Content!.ReadAsByteArrayAsync());
        var asked = body.RootElement;
        var (phone, amount) = (asked.GetProperty(isCollect ? "from" : "to").GetString()!, asked.GetProperty("amount").GetInt64());
        var external = asked.GetProperty("external_reference").GetString()!;
        if (isCollect && _world.Chance(0.03))
            return Json(HttpStatusCode.BadRequest, new { error_code = "ER101", message = "invalid phone" });
        var movement = _world.Provider.Open(isCollect, phone, amount, external);
        var mistake = isCollect ? Sabotage.NewProviderReference : Sabotage.RefundNotKeyed;
        if (isLost && _world.Scenario.Sabotage == mistake)
            _world.Provider.Open(isCollect, phone, amount, external, isAnother: true);
        return Json(HttpStatusCode.OK, new { reference = movement.Reference, status = movement.Status, ussd_code = "*126#", @operator = "MTN" });
    }

    private HttpResponseMessage Tell(string reference) => _world.Provider.Find(reference) is { } movement
        ? Json(HttpStatusCode.OK, new
        {
            reference = movement.Reference,
            status = movement.Status,
            amount = $"{movement.AmountXaf}.00",
            currency = "XAF",
            external_reference = movement.External,
            reason = movement.Reason
        })
        : Json(HttpStatusCode.NotFound, new { message = "unknown" });

    // What is pending is not listed.
    private HttpResponseMessage List() => Json(HttpStatusCode.OK, new
    {
        data = _world.Provider.Movements.Where(movement => movement.Status != "PENDING").Select(movement => new
        {
            reference_uuid = movement.Reference,
            status = movement.Status,
            amount = $"{movement.AmountXaf}.00",
            external_user = movement.External
        })
    });

    private static HttpResponseMessage Json(HttpStatusCode status, object body) => new(status)
    {
        Content = new StringContent(JsonSerializer.Serialize(body), Encoding.UTF8, "application/json")
    };
}
