using System.Net;
using System.Net.Sockets;
using EatFast.LocalEngine;
using EatFast.LocalEngine.Running;

namespace EatFast.AppHost.Tests;

public sealed class HostProcessTests : IDisposable
{
    private readonly TemporaryState state = new();

    public void Dispose() => state.Dispose();

    [Fact]
    public async Task Nothing_is_left_ten_seconds_after_the_host_is_killed()
    {
        using var host = await HostProcess.StartReadyAsync(state);
        var sessions = HostProcess.ProcessIds(state);
        Assert.Equal(3, sessions.Count);
        Assert.All(sessions, session => Assert.NotEmpty(ProcessTable.Members(session)));

        host.Signal(ProcessTable.Killed);

        await Eventually.TrueAsync(() => sessions.All(session => Leftovers(session).Count == 0), "all children are gone", seconds: 10);
        await Eventually.TrueAsync(() => !Directory.EnumerateFiles(Path.Combine(state.Path, "run")).Any(), "the guard has finished");
    }

    [Fact]
    public async Task A_host_started_right_after_a_killed_one_takes_over()
    {
        using var killed = await HostProcess.StartReadyAsync(state);
        var old = HostProcess.ProcessIds(state);
        killed.Signal(ProcessTable.Killed);
        await killed.ExitAsync();

        using var next = HostProcess.Start(state);
        await Eventually.TrueAsync(() => next.Output.Contains("Ready in", StringComparison.Ordinal), "the next host is ready", seconds: 40);

        Assert.Empty(HostProcess.ProcessIds(state).Intersect(old));
        Assert.All(HostProcess.ProcessIds(state), session => Assert.NotEmpty(ProcessTable.Members(session)));
    }

    [Fact]
    public async Task A_signal_stops_everything_and_removes_the_endpoints_file()
    {
        using var host = await HostProcess.StartReadyAsync(state);
        var sessions = HostProcess.ProcessIds(state);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(state.EndpointsFile));

        host.Signal(ProcessTable.Terminate);

        Assert.Equal(0, await host.ExitAsync(seconds: 15));
        Assert.All(sessions, session => Assert.Empty(Leftovers(session)));
        Assert.False(File.Exists(state.EndpointsFile));
    }

    [Fact]
    public async Task A_second_host_on_the_same_state_is_refused_and_told_where_the_first_is()
    {
        using var first = await HostProcess.StartReadyAsync(state);
        using var second = HostProcess.Start(state);

        Assert.Equal(EngineException.AlreadyRunning, await second.ExitAsync());
        Assert.Contains($"process {first.Id}, gateway {HostProcess.Gateway(state)}", second.Output, StringComparison.Ordinal);
        Assert.False(first.HasExited);
    }

    [Fact]
    public async Task A_port_that_is_taken_is_refused_by_name()
    {
        using var occupant = new TcpListener(IPAddress.Loopback, 0);
        occupant.Start();
        var port = ((IPEndPoint)occupant.LocalEndpoint).Port;

        using var host = HostProcess.Start(state, "--Gateway:Port", $"{port}");

        Assert.Equal(EngineException.PortTaken, await host.ExitAsync());
        Assert.Contains($"Port {port}, which gateway needs, is in use", host.Output, StringComparison.Ordinal);
        Assert.Contains("Gateway__Port", host.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("'lots', which is not a port", "--Gateway:Port", "lots")]
    [InlineData("'70000', which is not a port", "--Gateway:Port", "70000")]
    [InlineData("publishes only '--publisher manifest'", "--publisher", "docker", "--output-path", "x")]
    [InlineData("--output-path needs a value", "--publisher", "manifest", "--output-path")]
    [InlineData("are used together", "--infrastructure-only")]
    public async Task A_wrong_argument_is_answered_with_one_sentence(string sentence, params string[] arguments)
    {
        using var host = HostProcess.Start(state, arguments);

        Assert.Equal(EngineException.GeneralFailure, await host.ExitAsync());
        Assert.Contains(sentence, host.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", host.Output, StringComparison.Ordinal);
    }

    private List<int> Leftovers(int session) => ProcessTable.Members(session, Path.Combine(state.Path, "stores"));
}
