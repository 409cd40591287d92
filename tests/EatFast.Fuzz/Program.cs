using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using EatFast.Fuzz;

// Usage: EatFast.Fuzz [requests] [seed]; the system has to run with RateLimits__Enabled=false.
var count = args.Length > 0 ? int.Parse(args[0], System.Globalization.CultureInfo.InvariantCulture) : 10_000;
var seed = args.Length > 1 ? int.Parse(args[1], System.Globalization.CultureInfo.InvariantCulture) : 20261123;
var state = Environment.GetEnvironmentVariable("EATFAST_STATE") is { Length: > 0 } given ? given : ".eatfast";
var endpoints = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(state, "endpoints.json")))!;
using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, RequestHeaderEncodingSelector = (_, _) => Encoding.UTF8 }) { BaseAddress = new Uri((string)endpoints["gateway"]!) };
var operations = new Operations(JsonNode.Parse(await http.GetStringAsync("/openapi/v1.json"))!);
var tokens = await SignInAsync();
var random = new Random(seed);
var (statuses, failures) = (new SortedDictionary<int, int>(), new List<string>());

for (var number = 0; number < count; number++)
{
    var operation = operations.All[random.Next(operations.All.Count)];
    using var request = Make(operation);
    try
    {
        using var response = await http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        var status = (int)response.StatusCode;
        statuses[status] = statuses.GetValueOrDefault(status) + 1;
        if (Judge(status, text, response.Content.Headers.ContentType?.MediaType) is { } wrong)
            failures.Add($"{number}: {operation.Method} {request.RequestUri}: {wrong}");
    }
    catch (HttpRequestException broken)
    {
        failures.Add($"{number}: {operation.Method} {request.RequestUri}: no answer ({(broken.InnerException ?? broken).Message})");
    }
}

Console.WriteLine($"{count} requests to {operations.All.Count} operations, seed {seed}: "
    + string.Join(", ", statuses.Select(pair => $"{pair.Key} × {pair.Value}")));
if (statuses.GetValueOrDefault(429) > count / 20)
    failures.Add("Most requests met the rate limits: start the system with RateLimits__Enabled=false.");
foreach (var failure in failures.Take(40))
    Console.WriteLine($"  ✘ {failure}");
Console.WriteLine(failures.Count == 0 ? "No 5xx, no stack trace, every refusal in the contract's shape." : $"{failures.Count} wrong answers.");
return failures.Count == 0 ? 0 : 1;

HttpRequestMessage Make(Operation operation)
{
    var path = Regex.Replace(operation.Path, @"\{[^}]+\}", _ => random.Next(3) == 0 ? Uri.EscapeDataString(Operations.Pick(Nasty.Texts, random).Trim('.')) : $"{Guid.NewGuid()}");
    var query = string.Join('&', operation.Query.Where(_ => random.Next(2) == 0)
        .Select(name => $"{Uri.EscapeDataString(name)}={Uri.EscapeDataString(random.Next(2) == 0 ? Operations.Pick(Nasty.Texts, random) : Operations.Pick(Nasty.Values, random))}"));
    if (path.Length + query.Length > 7_000)
        query = "";
    var request = new HttpRequestMessage(new HttpMethod(operation.Method), new Uri(path + (query.Length > 0 ? $"?{query}" : ""), UriKind.Relative));
    if (tokens[random.Next(tokens.Count)] is { } token)
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
    if (operation.Method != "GET")
        request.Content = Body(operation);
    if (random.Next(4) == 0)
    {
        var (name, value) = Operations.Pick(Nasty.Headers, random);
        if (!name.StartsWith("Content-", StringComparison.Ordinal))
            request.Headers.TryAddWithoutValidation(name, value);
        else if (name == "Content-Encoding" && request.Content is not null)
            request.Content.Headers.TryAddWithoutValidation(name, value);
    }
    return request;
}

HttpContent Body(Operation operation)
{
    var bytes = random.Next(5) == 0 ? Operations.Pick(Nasty.Bodies, random) : Encoding.UTF8.GetBytes(operations.BodyFor(operation.BodySchema, random));
    var content = new ByteArrayContent(bytes);
    content.Headers.TryAddWithoutValidation("Content-Type", random.Next(8) == 0 ? Operations.Pick(Nasty.ContentTypes, random) : "application/json");
    return content;
}

// A 503 is a busy or an unready part, not a mistake of ours, but with the whole system up it must not come from bad input.
static string? Judge(int status, string text, string? type)
{
    if (status >= 500)
        return $"{status} {text[..Math.Min(text.Length, 200)]}";
    if (Regex.IsMatch(text, @"\bat [\w.]+\.[\w<>]+\(.*\)|System\.\w+Exception|Npgsql|StackTrace|/src/|\.cs:line"))
        return $"{status} shows its inside: {text[..Math.Min(text.Length, 200)]}";
    return status >= 400 && type == "application/problem+json" && JsonNode.Parse(text) is { } problem && (problem["traceId"] is null || problem["error_code"] is null)
        ? $"{status} without traceId or error_code" : status >= 400 && type != "application/problem+json" && text.Length > 0 ? $"{status} as {type}" : null;
}

// Nobody, and one of each role: what a role may do is where its mistakes are.
async Task<List<string?>> SignInAsync()
{
    var found = new List<string?> { null };
    foreach (var name in new[] { "customer", "owner", "driver", "admin" })
    {
        using var answer = await http.PostAsJsonAsync("/api/v1/auth/login", new { email = $"{name}@eatfast.local", password = "EatFast-Demo-2026" });
        found.Add((string?)JsonNode.Parse(await answer.Content.ReadAsStringAsync())?["data"]?["accessToken"]);
    }
    return found;
}
