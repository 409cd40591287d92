using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing.Template;

namespace EatFast.AuthorizationTests;

/// <summary>What the services offer to people has to be reachable at the one address that people know.</summary>
public sealed partial class GatewayRoutesTests
{
    // The contract has them; no service does yet.
    private static readonly string[] Reserved = ["admin-drivers", "webhooks-whatsapp", "socket-io"];
    private static readonly List<Route> Routes = [.. Read()];

    private sealed record Route(string Name, string Service, bool IsOpen, string[] Methods, RouteTemplate Template, RouteTemplate Inside, int Order)
    {
        public bool Takes(string method, string path) => (Methods.Length == 0 || Methods.Contains(method))
            && new TemplateMatcher(Template, []).TryMatch(path, []);

        public bool LeadsTo(Row row) => row.Service == Service && new TemplateMatcher(Inside, []).TryMatch(PathOf(row), []);
    }

    [Fact]
    public void Every_endpoint_for_people_is_reached_through_the_gateway()
    {
        var lost = new List<string>();
        foreach (var row in AuthorizationTable.Read().Rows.Where(IsForPeople))
        {
            var taken = RouteOf(row);
            if (taken?.Service != row.Service)
                lost.Add($"{row.Service}: {row.Name}: {taken?.Name ?? "no route"}");
            else if (!taken.IsOpen && row.Access is "open" or "signed" or "guest-session")
                lost.Add($"{row.Service}: {row.Name}: {taken.Name} wants a login");
        }

        Assert.True(lost.Count == 0, string.Join('\n', lost));
    }

    [Fact]
    public void Every_route_of_the_gateway_leads_to_an_endpoint()
    {
        var rows = AuthorizationTable.Read().Rows.FindAll(row => row.Method is not ("GRPC" or "HUB"));

        Assert.Empty(Routes.Where(route => !rows.Exists(route.LeadsTo)).Select(route => route.Name).Except(Reserved));
    }

    private static bool IsForPeople(Row row) => row.Access is not ("inside" or "probe") && row.Service != AuthorizationTable.Gateway
        && (row.Path.StartsWith("/api/", StringComparison.Ordinal) || row.Path.StartsWith("/images", StringComparison.Ordinal))
        && !row.Path.Contains("{**", StringComparison.Ordinal);

    // As the router chooses: by order, then by how precise the pattern is, then with methods before without.
    private static Route? RouteOf(Row row)
    {
        var path = PathOf(row);
        return row.Path == "/api/v1/admin/messages"
            ? new Route("the gateway itself", row.Service, false, [], TemplateParser.Parse(""), TemplateParser.Parse(""), 0)
            : Routes.Where(route => route.Takes(row.Method, path)).OrderBy(route => route.Order)
                .ThenBy(route => RoutePrecedence.ComputeInbound(route.Template)).ThenBy(route => route.Methods.Length == 0).FirstOrDefault();
    }

    private static string PathOf(Row row) =>
        Placeholder().Replace(row.Path, match => match.Value == "{queue}" ? $"{row.Service}-some_queue" : $"{Guid.Empty}");

    private static IEnumerable<Route> Read() =>
        from route in JsonNode.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "gateway.json")))!["ReverseProxy"]!["Routes"]!.AsObject()
        let match = route.Value!["Match"]!
        // Those with headers send the same path to the same service.
        where match["Headers"] is null
        let cluster = (string)route.Value["ClusterId"]!
        let moved = route.Value["Transforms"]?[0]
        let inside = (string?)moved?["PathSet"] ?? (string?)moved?["PathPattern"] ?? (string)match["Path"]!
        select new Route(
            route.Key,
            cluster == "realtime" ? "notifications" : cluster,
            (string?)route.Value["AuthorizationPolicy"] == "anonymous",
            [.. (match["Methods"]?.AsArray() ?? []).Select(method => (string)method!)],
            TemplateParser.Parse(((string)match["Path"]!).TrimStart('/')),
            TemplateParser.Parse(inside.TrimStart('/')),
            (int?)route.Value["Order"] ?? 0);

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Placeholder();
}
