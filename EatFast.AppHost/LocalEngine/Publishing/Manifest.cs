using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace EatFast.LocalEngine.Publishing;

/// <summary>Writes the model as an Aspire manifest: placeholders instead of values, so nothing secret and no port of this machine
/// is in it.</summary>
internal sealed class Manifest(DistributedApplicationBuilder builder, string folder)
{
    private const int FirstExtraTargetPort = 8000;
    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly Dictionary<string, UriEncoded> encodedValues = [];
    private int nextTargetPort = FirstExtraTargetPort;

    public static async Task WriteAsync(DistributedApplicationBuilder builder, string path, CancellationToken ct)
    {
        var target = Path.GetFullPath(path);
        var folder = Path.GetDirectoryName(target)!;
        var manifest = new Manifest(builder, folder).Render();
        try
        {
            Directory.CreateDirectory(folder);
            await File.WriteAllTextAsync(target, manifest.ToJsonString(Indented) + "\n", ct);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new EngineException($"The manifest cannot be written to {target}: {error.Message}");
        }

        Console.WriteLine($"Manifest written to {target}");
    }

    public JsonObject Render()
    {
        var resources = new JsonObject();
        foreach (var resource in builder.Resources)
        {
            resources[resource.Name] = resource switch
            {
                ProjectResource project => Project(project),
                ContainerResource container => Container(container),
                IResourceWithConnectionString value => new JsonObject
                {
                    ["type"] = "value.v0",
                    ["connectionString"] = Placeholders(value.ConnectionStringExpression),
                },
                ParameterResource parameter => Parameter(parameter),
                _ => throw new EngineException($"The manifest has no form for the resource '{resource.Name}'."),
            };
        }

        foreach (var encoded in encodedValues.Values)
            resources[encoded.ResourceName] =
                new JsonObject { ["type"] = "annotated.string", ["value"] = encoded.Parameter.ValueExpression, ["filter"] = "uri" };
        return new JsonObject { ["resources"] = resources };
    }

    private JsonObject Project(ProjectResource project)
    {
        var row = new JsonObject { ["type"] = "project.v0", ["path"] = Path.GetRelativePath(folder, project.Metadata.ProjectPath) };
        AddIfAny(row, "args", Arguments(project));
        AddIfAny(row, "env", Environment(project));
        AddIfAny(row, "bindings", Bindings(project));
        return row;
    }

    private JsonObject Container(ContainerResource container)
    {
        var image = container.Annotations.OfType<ContainerImageAnnotation>().Single();
        var row = new JsonObject { ["type"] = "container.v0" };
        if (container is IResourceWithConnectionString connection)
            row["connectionString"] = Placeholders(connection.ConnectionStringExpression);
        row["image"] = image.Image;
        if (image.Entrypoint is not null)
            row["entrypoint"] = image.Entrypoint;
        AddIfAny(row, "args", Arguments(container));
        AddIfAny(row, "volumes", new JsonArray([.. container.Annotations.OfType<VolumeAnnotation>().Select(volume =>
            new JsonObject { ["name"] = volume.Name, ["target"] = volume.Target, ["readOnly"] = false })]));
        AddIfAny(row, "env", Environment(container));
        AddIfAny(row, "bindings", Bindings(container));
        return row;
    }

    private static JsonObject Parameter(ParameterResource parameter)
    {
        var input = new JsonObject { ["type"] = "string" };
        if (parameter.Secret)
            input["secret"] = true;
        if (parameter.Default is GenerateParameterDefault generated)
        {
            var rule = new JsonObject { ["minLength"] = generated.MinLength };
            if (!generated.Special)
                rule["special"] = false;
            input["default"] = new JsonObject { ["generate"] = rule };
        }

        return new JsonObject
        {
            ["type"] = "parameter.v0",
            ["value"] = $"{{{parameter.Name}.inputs.value}}",
            ["inputs"] = new JsonObject { ["value"] = input },
        };
    }

    private JsonObject Environment(IResource resource)
    {
        var environment = new JsonObject();
        foreach (var (name, value) in resource.CollectEnvironment(builder.ExecutionContext))
            environment[name] = value is IManifestExpressionProvider provider
                ? Placeholders(provider)
                : Convert.ToString(value, CultureInfo.InvariantCulture);
        return environment;
    }

    /// <summary>The first HTTP endpoint of a project keeps the platform's default port; the others need one of their own.</summary>
    private JsonObject Bindings(IResourceWithEndpoints resource)
    {
        var bindings = new JsonObject();
        foreach (var endpoint in resource.Annotations.OfType<EndpointAnnotation>())
        {
            var binding = new JsonObject { ["scheme"] = endpoint.UriScheme, ["protocol"] = "tcp", ["transport"] = endpoint.Transport };
            if (endpoint.Port is > 0)
                binding["port"] = endpoint.Port;
            if (endpoint.TargetPort is not null || (resource is ProjectResource && bindings.Count > 0))
                binding["targetPort"] = endpoint.TargetPort ?? nextTargetPort++;
            if (endpoint.IsExternal)
                binding["external"] = true;
            bindings[endpoint.Name] = binding;
        }

        return bindings;
    }

    private static JsonArray Arguments(IResource resource) =>
        new([.. resource.CollectArguments().Select(argument => JsonValue.Create(argument))]);

    private string Placeholders(IManifestExpressionProvider provider)
    {
        foreach (var encoded in provider is ReferenceExpression expression ? expression.EncodedValues : [])
            encodedValues[encoded.ResourceName] = encoded;
        return provider.ValueExpression;
    }

    private static void AddIfAny<T>(JsonObject row, string name, T node) where T : JsonNode
    {
        if (node is JsonObject { Count: > 0 } or JsonArray { Count: > 0 })
            row[name] = node;
    }
}
