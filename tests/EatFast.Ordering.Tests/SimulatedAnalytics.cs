extern alias simulator;

using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.Logging;

namespace EatFast.Ordering.Tests;

/// <summary>The real provider simulator in this process, as Google Analytics.</summary>
public sealed class SimulatedAnalytics : WebApplicationFactory<simulator::Program>
{
    protected override void ConfigureWebHost(IWebHostBuilder builder) =>
        builder.ConfigureLogging(logging => logging.SetMinimumLevel(LogLevel.Error));

    /// <summary>What it took, and what it would have thrown away.</summary>
    public async Task<(List<JsonElement> Events, int Complaints)> ReadAsync(string name)
    {
        var inbox = await CreateClient().GetFromJsonAsync<JsonElement>($"/control/ga4?name={name}");
        return ([.. inbox.GetProperty("events").EnumerateArray()], inbox.GetProperty("complaints").GetArrayLength());
    }
}
