extern alias simulator;

using System.Net.Http.Json;
using System.Text.Json;
using EatFast.Testing;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace EatFast.Identity.Tests;

/// <summary>The real provider simulator in this process, for what Google vouches for.</summary>
public sealed class SimulatedGoogle(AdjustableClock clock) : WebApplicationFactory<simulator::Program>
{
    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.ConfigureLogging(logging => logging.SetMinimumLevel(LogLevel.Error));
        builder.ConfigureTestServices(services => services.Replace(ServiceDescriptor.Singleton<TimeProvider>(clock)));
    }

    /// <summary>A token with these members in place of the usual ones.</summary>
    public async Task<string> TokenAsync(object members)
    {
        var answer = await CreateClient().PostAsJsonAsync("/control/google/tokens", members);
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("idToken").GetString()!;
    }

    public async Task ChangeKeysAsync() => (await CreateClient().PostAsync("/control/google/keys", null)).EnsureSuccessStatusCode();
}
