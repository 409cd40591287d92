using System.Net;
using EatFast.LocalEngine;
using EatFast.LocalEngine.Running;
using Npgsql;

namespace EatFast.AppHost.Tests;

public sealed class InfrastructureTests : IDisposable
{
    private readonly TemporaryState state = new();

    public void Dispose() => state.Dispose();

    [Fact]
    public async Task Real_stores_start_for_a_test_fixture_and_stop_with_it()
    {
        var ct = TestContext.Current.CancellationToken;
        await using (var infrastructure = await Infrastructure.StartAsync(state.Path, ct))
        {
            Assert.Equal("on on on", await DurabilityAsync(infrastructure.Postgres, ct));
            Assert.Equal(HttpStatusCode.OK, await AskManagementAsync(infrastructure, ct));
            Assert.Matches(@"^localhost:\d+,password=\w{22}$", infrastructure.Redis);
        }

        Assert.Empty(ProcessTable.Members(-1, Path.Combine(state.Path, "stores")));
    }

    [Fact]
    public async Task The_stores_alone_end_when_their_input_closes()
    {
        var connections = Path.Combine(state.Path, "connections.json");
        using var host = HostProcess.Start(state, "--infrastructure-only", "--connections-file", connections);
        host.CloseInput();

        Assert.Equal(0, await host.ExitAsync());
        Assert.Empty(ProcessTable.Members(-1, Path.Combine(state.Path, "stores")));
        Assert.False(File.Exists(connections));
    }

    private static async Task<string> DurabilityAsync(PostgresConnection postgres, CancellationToken ct)
    {
        var (host, port, user, password) = postgres;
        await using var source = NpgsqlDataSource.Create($"Host={host};Port={port};Username={user};Password={password};Database=eatfast");
        await using var command = source.CreateCommand(
            "select concat_ws(' ', current_setting('fsync'), current_setting('synchronous_commit'), current_setting('full_page_writes'))");
        return (string)(await command.ExecuteScalarAsync(ct))!;
    }

    private static async Task<HttpStatusCode> AskManagementAsync(Infrastructure infrastructure, CancellationToken ct)
    {
        var user = infrastructure.RabbitMQ.UserInfo.Split(':');
        using var handler = new HttpClientHandler { Credentials = new NetworkCredential(user[0], user[1]) };
        using var http = new HttpClient(handler);
        using var answer = await http.GetAsync(new Uri(infrastructure.RabbitMQManagement, "/api/overview"), ct);
        return answer.StatusCode;
    }
}
