using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;

namespace EatFast.ProviderSimulator.Providers.Smtp;

/// <summary>The mail server where every e-mail of the product ends: it accepts any sign-in and delivers to the page only.</summary>
internal sealed class SmtpServer(IConfiguration configuration, SmtpMailbox mailbox, TimeProvider clock, ILogger<SmtpServer> logger)
    : BackgroundService
{
    private const int ParallelSessions = 64;

    private readonly TcpListener listener = new(
        IPAddress.Parse(configuration["Simulator:Smtp:Address"] ?? "127.0.0.1"), ReadPort(configuration["SMTP_PORT"]));

    public IPEndPoint Address => (IPEndPoint)listener.LocalEndpoint;

    // Listening before the host says it has started lets whoever waits for us read the port.
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        listener.Start();
        logger.LogInformation("SMTP listens on {Address}", Address);
        return base.StartAsync(cancellationToken);
    }

    public override void Dispose()
    {
        listener.Dispose();
        base.Dispose();
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Parallel.ForEachAsync(
        AcceptAsync(stoppingToken),
        new ParallelOptions { MaxDegreeOfParallelism = ParallelSessions, CancellationToken = stoppingToken },
        ServeAsync);

    private static int ReadPort(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return 0;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port <= IPEndPoint.MaxPort
            ? port
            : throw new InvalidOperationException($"SMTP_PORT is \"{text}\", which is no TCP port.");
    }

    private async IAsyncEnumerable<TcpClient> AcceptAsync([EnumeratorCancellation] CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
            yield return await listener.AcceptTcpClientAsync(ct);
    }

    private async ValueTask ServeAsync(TcpClient client, CancellationToken ct)
    {
        using (client)
        {
            var lines = new SmtpLines(client.GetStream(), clock);
            try
            {
                await new SmtpSession(lines, mailbox).RunAsync(ct);
            }
            catch (Exception e) when (e is IOException or OperationCanceledException && !ct.IsCancellationRequested)
            {
                logger.LogDebug("SMTP session ended: {Reason}", e.Message);
            }
        }
    }
}
