using EatFast.Data;
using EatFast.Identity.Data;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Identity.Audit;

/// <summary>The step <c>--verify-audit</c>: says whether the log is whole and ends with 0, or with 1 after naming each breach.</summary>
internal static class VerifyAudit
{
    public static bool IsStep(string[] args) => args.Contains("--verify-audit");

    public static async Task<int> RunAsync(string[] args, TextWriter output)
    {
        using var configuration = new ConfigurationManager();
        configuration.AddEnvironmentVariables().AddCommandLine(args);
        var connection = configuration.GetConnectionString("eatfast-owner") ?? configuration.GetConnectionString(Postgres.ConnectionName)
            ?? throw new InvalidOperationException("The connection string is missing: set ConnectionStrings__eatfast.");
        var options = new DbContextOptionsBuilder<IdentityDbContext>();
        options.UseNpgsql(connection).UseSnakeCaseNamingConvention();
        await using var db = new IdentityDbContext(options.Options);
        var anchors = new AnchorFile(configuration);

        var report = await new AuditVerification(db, AuditKeys.From(configuration), anchors).RunAsync(CancellationToken.None);

        foreach (var breach in report.Breaches)
            await output.WriteLineAsync($"BROKEN: {breach}");
        var file = anchors.Path ?? "no file (set Audit__AnchorFile)";
        await output.WriteLineAsync(
            $"{report.Entries} lines, {report.Heads} signed heads, {report.Anchors} copies in {file}: "
            + (report.Breaches.Count == 0 ? "the audit log is whole." : "the audit log was tampered with."));
        return report.Breaches.Count == 0 ? 0 : 1;
    }
}
