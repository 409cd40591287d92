using System.Globalization;
using System.Security.Cryptography;

namespace EatFast.LocalEngine.Running;

/// <summary>A private RabbitMQ node with a port mapper of its own, so that it neither sees nor disturbs the system's node.</summary>
internal sealed class RunnableRabbitMQ(RabbitMQServerResource broker, StateDirectory state, Programs programs, HttpClient http, Ports ports)
    : RunnableStore(broker, state, programs, "rabbitmq")
{
    private const string AmqpGreeting = "AMQP\0\0\u0009\u0001";
    private const string StartScript =
        """
        "$1" -port "$ERL_EPMD_PORT" -address 127.0.0.1 &
        until "$1" -port "$ERL_EPMD_PORT" -names >/dev/null 2>&1; do sleep 0.02; done
        exec "$2"
        """;

    private readonly string mapperPort = ports.Free().ToString(CultureInfo.InvariantCulture);
    private readonly string distributionPort = ports.Free().ToString(CultureInfo.InvariantCulture);

    public override IEnumerable<string> Urls => [$"localhost:{broker.PrimaryEndpoint.Port}", broker.ManagementEndpoint.Url];

    public override void Check() => _ = (Programs.RabbitMQServer, Programs.Epmd);

    public override async Task<Launch> PrepareAsync(CancellationToken ct)
    {
        CreateFolder("mnesia", "log");
        var cookie = Path.Combine(Folder, ".erlang.cookie");
        if (!File.Exists(cookie))
            PrivateFile.Write(cookie, RandomNumberGenerator.GetHexString(32));
        WriteFile("enabled_plugins", "[rabbitmq_management].\n");
        WriteFile("rabbitmq.conf",
            $"""
            listeners.tcp.1 = 127.0.0.1:{broker.PrimaryEndpoint.Port}
            management.tcp.ip = 127.0.0.1
            management.tcp.port = {broker.ManagementEndpoint.Port}
            management.rates_mode = basic
            default_user = {RabbitMQServerResource.UserName}
            default_pass = {await broker.PasswordParameter.GetValueAsync(ct)}
            log.console = true
            log.console.level = info
            vm_memory_high_watermark.absolute = 1GB
            disk_free_limit.absolute = 500MB

            """);
        await HandOverFolderAsync(ct);
        var installation = Path.GetDirectoryName(Path.GetDirectoryName(Programs.RabbitMQServer))!;
        var home = HasPlugins(installation) ? LeanHome(installation) : installation;
        return new Launch("bash", ["-c", StartScript, "rabbitmq", Programs.Epmd, Path.Combine(home, "sbin", "rabbitmq-server")], Folder)
        {
            User = User,
            Folder = Folder,
            Environment = NodeEnvironment(),
        };
    }

    public override async Task<string?> ProbeAsync(CancellationToken ct)
    {
        if (await AskAsync(broker.PrimaryEndpoint.Port, AmqpGreeting, ct) is not ['\u0001', ..])
            return "AMQP is not answered";

        try
        {
            using var response = await http.GetAsync(broker.ManagementEndpoint.Url, ct);
            return null;
        }
        catch (HttpRequestException)
        {
            return "the management plugin is not answering";
        }
        catch (TaskCanceledException) when (!ct.IsCancellationRequested)
        {
            return "the management plugin is slow";
        }
    }

    private static bool HasPlugins(string installation) =>
        Directory.Exists(Path.Combine(installation, "sbin")) && Directory.Exists(Path.Combine(installation, "plugins"));

    /// <summary>The installation without the plugins that nobody enables: Erlang looks for each module in each plugin's folder, which
    /// is a third of the start.</summary>
    private string LeanHome(string installation)
    {
        var home = Path.Combine(Folder, "home");
        if (Directory.Exists(home))
            Directory.Delete(home, recursive: true);
        var plugins = Directory.CreateDirectory(Path.Combine(home, "plugins")).FullName;
        foreach (var entry in Directory.EnumerateFileSystemEntries(installation).Where(entry => Path.GetFileName(entry) != "plugins"))
            File.CreateSymbolicLink(Path.Combine(home, Path.GetFileName(entry)), entry);
        foreach (var plugin in Directory.EnumerateFileSystemEntries(Path.Combine(installation, "plugins")).Where(IsNeeded))
            File.CreateSymbolicLink(Path.Combine(plugins, Path.GetFileName(plugin)), plugin);
        return home;
    }

    private static bool IsNeeded(string plugin)
    {
        var name = Path.GetFileName(plugin).Split('-')[0];
        return !name.StartsWith("rabbitmq_", StringComparison.Ordinal)
            || name is "rabbitmq_management" or "rabbitmq_management_agent" or "rabbitmq_prelaunch" or "rabbitmq_web_dispatch";
    }

    private Dictionary<string, string> NodeEnvironment() => new()
    {
        ["HOME"] = Folder,
        ["PATH"] = $"{Path.GetDirectoryName(Programs.RabbitMQServer)}:{Environment.GetEnvironmentVariable("PATH")}",
        ["RABBITMQ_NODENAME"] = "eatfast@localhost",
        ["RABBITMQ_MNESIA_BASE"] = Path.Combine(Folder, "mnesia"),
        ["RABBITMQ_LOG_BASE"] = Path.Combine(Folder, "log"),
        ["RABBITMQ_CONFIG_FILE"] = Path.Combine(Folder, "rabbitmq.conf"),
        ["RABBITMQ_ENABLED_PLUGINS_FILE"] = Path.Combine(Folder, "enabled_plugins"),
        ["RABBITMQ_CONF_ENV_FILE"] = "/dev/null",
        ["RABBITMQ_DIST_PORT"] = distributionPort,
        ["ERL_EPMD_PORT"] = mapperPort,
        ["ERL_EPMD_ADDRESS"] = "127.0.0.1",
        // The distribution listens on all interfaces unless told; spinning schedulers would heat a small machine for nothing.
        ["RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS"] =
            "-kernel inet_dist_use_interface {127,0,0,1} +S 2:2 +sbwt none +sbwtdcpu none +sbwtdio none",
    };
}
