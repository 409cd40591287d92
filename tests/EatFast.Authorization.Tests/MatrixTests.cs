using System.Reflection;
using EatFast.Notifications.Data;
using Microsoft.AspNetCore.SignalR;

namespace EatFast.AuthorizationTests;

public sealed class MatrixTests(AuthorizationSystem system)
{
    private static readonly AuthorizationTable Table = AuthorizationTable.Read();

    public static TheoryData<string> Principals => [.. AuthorizationTable.Principals];

    [Fact]
    public void Every_endpoint_has_a_row_and_every_row_an_endpoint()
    {
        var real = system.Endpoints().Concat(HubMethods()).Select(endpoint => $"{endpoint.Service}: {endpoint.Name}").Distinct().ToList();
        var rows = Table.Rows.ConvertAll(row => $"{row.Service}: {row.Name}");

        AssertNone(real.Except(rows).Order(), "endpoints without a row");
        AssertNone(rows.Except(real).Order(), "rows without an endpoint");
        Assert.Equal(rows.Count, rows.Distinct().Count());
    }

    [Theory]
    [MemberData(nameof(Principals))]
    public async Task Each_principal_gets_what_the_table_says(string principal)
    {
        var wrong = new List<string>();
        // Whoever is let in may change things, so the order's own people come last by the order of the table's principals.
        foreach (var row in Table.Rows)
        {
            var expected = Table.Expected(row, principal);
            var status = await PlayAsync(row, principal);
            if (expected == "pass" ? status is 401 or 403 || (IsReal(row) && status == 404) || status >= 500 : $"{status}" != expected)
                wrong.Add($"{row.Service}: {row.Name}: {status} instead of {expected}");
        }

        AssertNone(wrong, "surprises");
    }

    [Fact]
    public async Task No_service_answers_anybody_but_the_gateway_and_its_neighbours()
    {
        var open = new List<string>();
        foreach (var row in Table.Rows.Where(row => row is { Method: not "HUB", Access: not "probe", Service: not AuthorizationTable.Gateway }))
        {
            using var response = await system.SendAsync(row.Service, "admin", MethodOf(row), await PathOfAsync(row), row.Body, isOutsider: true);
            if ((int)response.StatusCode != 401)
                open.Add($"{row.Service}: {row.Name}: {(int)response.StatusCode}");
        }

        AssertNone(open, "doors that are open");
    }

    // The whole list, which Assert.Empty would cut short.
    private static void AssertNone(IEnumerable<string> found, string what) =>
        Assert.True(!found.Any(), $"{found.Count()} {what}:\n{string.Join('\n', found)}");

    private async Task<int> PlayAsync(Row row, string principal)
    {
        var isInside = row.Access == "inside";
        var path = await PathOfAsync(row, principal);
        using var response = await system.SendAsync(row.Service, principal, MethodOf(row), path, row.Body ?? BodyOf(row), isOutsider: isInside);
        return (int)response.StatusCode;
    }

    // A member that no request knows: whoever may call gets 400, and nothing happens.
    private static string? BodyOf(Row row) => row.Method is "POST" or "PUT" or "PATCH" or "DELETE" && row.Access != "bodiless" ? """{"nobodyKnowsThis":1}""" : null;

    private static HttpMethod MethodOf(Row row) => row.Method switch
    {
        "ANY" => HttpMethod.Get,
        "GRPC" or "HUB" => HttpMethod.Post,
        _ => new HttpMethod(row.Method)
    };

    private static bool IsReal(Row row) => row.Path.Contains("{orderId", StringComparison.Ordinal) || row.Access.StartsWith("own", StringComparison.Ordinal);

    private async Task<string> PathOfAsync(Row row, string principal = "") => row.Method == "HUB"
        ? "/hubs/realtime/negotiate?negotiateVersion=1"
        : await system.Own.PathAsync(row, principal);

    // What a client may invoke once it is connected; connecting is what is authorised.
    private static IEnumerable<(string Service, string Name)> HubMethods() =>
        from hub in typeof(NotificationsDbContext).Assembly.GetTypes()
        where hub.IsSubclassOf(typeof(Hub))
        from method in hub.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
        where method.GetBaseDefinition() == method && !method.IsSpecialName
        select ("notifications", $"HUB {hub.Name}.{method.GetCustomAttribute<HubMethodNameAttribute>()?.Name ?? method.Name}");
}
