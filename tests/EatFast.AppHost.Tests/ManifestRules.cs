using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace EatFast.AppHost.Tests;

/// <summary>The manifest format's rules: known types, required members, no others, and no expression that leads nowhere.</summary>
internal static partial class ManifestRules
{
    private static readonly Dictionary<string, (string[] Required, string[] Optional)> Types = new()
    {
        ["project.v0"] = (["path"], ["args", "env", "bindings", "containerFiles"]),
        ["container.v0"] = (["image"], ["entrypoint", "args", "connectionString", "env", "bindings", "bindMounts", "volumes", "build"]),
        ["value.v0"] = (["connectionString"], []),
        ["parameter.v0"] = (["value", "inputs"], []),
        ["annotated.string"] = (["value", "filter"], []),
    };

    private static readonly (string[] Required, string[] Optional) Binding =
        (["scheme", "protocol", "transport"], ["external", "targetPort", "port"]);

    public static IEnumerable<string> Violations(JsonObject manifest)
    {
        var resources = manifest["resources"]!.AsObject();
        foreach (var (name, row) in resources)
        {
            var type = (string?)row!["type"] ?? "";
            if (!Types.TryGetValue(type, out var shape))
            {
                yield return $"{name} has the unknown type {type}";
                continue;
            }

            foreach (var violation in Members(name, row.AsObject(), (["type", .. shape.Required], shape.Optional))
                .Concat(Bindings(name, row)))
                yield return violation;
            foreach (var expression in Expressions(row).Where(expression => !Resolves(resources, expression)))
                yield return $"{name} refers to {{{expression}}}, which does not exist";
        }
    }

    private static IEnumerable<string> Members(string name, JsonObject node, (string[] Required, string[] Optional) shape) =>
        shape.Required.Where(member => node[member] is null).Select(member => $"{name} lacks {member}")
            .Concat(node.Select(member => member.Key).Except([.. shape.Required, .. shape.Optional])
                .Select(member => $"{name} has the unknown member {member}"));

    private static IEnumerable<string> Bindings(string name, JsonNode row)
    {
        foreach (var (binding, node) in row["bindings"]?.AsObject() ?? [])
        {
            foreach (var violation in Members($"{name}.{binding}", node!.AsObject(), Binding))
                yield return violation;
            if ((string?)node["protocol"] is not ("tcp" or "udp") || (string?)node["transport"] is not ("http" or "http2" or "tcp"))
                yield return $"{name}.{binding} has an unknown protocol or transport";
        }
    }

    private static IEnumerable<string> Expressions(JsonNode? node) => node switch
    {
        JsonObject members => members.SelectMany(member => Expressions(member.Value)),
        JsonArray items => items.SelectMany(Expressions),
        JsonValue value when value.TryGetValue<string>(out var text) => Placeholder().Matches(text).Select(match => match.Groups[1].Value),
        _ => [],
    };

    private static bool Resolves(JsonObject resources, string expression) => expression.Split('.') switch
    {
        [var name, "connectionString" or "value"] and [_, var member] => resources[name]?[member] is not null,
        [var name, "inputs", var input] => resources[name]?["inputs"]?[input] is not null,
        [var name, "bindings", var binding, "url" or "host" or "port" or "scheme" or "targetPort"] =>
            resources[name]?["bindings"]?[binding] is not null,
        _ => false,
    };

    [GeneratedRegex(@"\{([^{}]+)\}")]
    private static partial Regex Placeholder();
}
