using System.Globalization;
using System.Text.RegularExpressions;
using EatFast.Simulation.Core;
using EatFast.Simulation.Services;
using Microsoft.Data.Sqlite;

namespace EatFast.Simulation.Store;

/// <summary>
/// The store of one service: SQLite in memory, kept by its thread and emptied for each seed. A transaction has it for
/// itself, so two of them never interleave; statements outside of one do.
/// </summary>
internal sealed partial class Database : IDisposable
{
    private static readonly string[] DueNames = ["due_at", "watch_at", "retry_at"];
    private readonly SqliteConnection _sqlite = new("Data Source=:memory:");
    private readonly Dictionary<string, Prepared> _prepared = [];
    private readonly Dictionary<string, long> _sequences = [];
    private readonly List<string> _tables;
    private readonly List<Action> _waiting = [];
    private readonly string[] _due;
    // The rows that a schema begins with.
    private readonly string _seeds;

    public Database(string schema)
    {
        _sqlite.Open();
        _sqlite.CreateFunction("nextval", (string sequence) => _sequences[sequence] = _sequences.GetValueOrDefault(sequence) + 1);
        _sqlite.CreateFunction("hashtext", (string text) => (long)text.Length);
        _sqlite.CreateFunction("hashtextextended", (string text, long seed) => text.Length + seed);
        // Transactions that write come one after the other here, so nobody else is in this one's turn.
        _sqlite.CreateFunction("pg_advisory_xact_lock", (long turn) => turn);
        // The zone plays no part: an hour begins when it does in UTC.
        _sqlite.CreateFunction("date_trunc", (string unit, long ticks, string zone) =>
            unit == "hour" ? ticks - ticks % TimeSpan.TicksPerHour : throw new NotSupportedException($"date_trunc to a {unit} in {zone}"));
        Execute(schema);
        _seeds = string.Concat(Seeds().Matches(schema).Select(seed => seed.Value));
        var tables = Rows("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name");
        _tables = tables.ConvertAll(row => (string)row[0]);
        _due = [.. _tables.SelectMany(DueColumns)];
    }

    /// <summary>The transaction that has the store now.</summary>
    public SimTransaction? Owner { get; private set; }

    public void Dispose() => _sqlite.Dispose();

    public void Clear()
    {
        Owner = null;
        _waiting.Clear();
        _sequences.Clear();
        var deletes = string.Concat(_tables.Select(table => $"DELETE FROM {table}; "));
        Execute($"PRAGMA foreign_keys = OFF; {deletes} PRAGMA foreign_keys = ON; {_seeds}");
    }

    public async ValueTask EnterAsync(Life life, SimTransaction? mine)
    {
        while (Owner is not null && Owner != mine)
            await life.WaitAsync(_waiting.Add);
    }

    public void Begin(SimTransaction transaction)
    {
        Run("BEGIN IMMEDIATE", []);
        Owner = transaction;
    }

    public void End(SimTransaction transaction, bool commits)
    {
        if (Owner != transaction)
            return;
        Run(commits ? "COMMIT" : "ROLLBACK", []);
        Owner = null;
        var waiting = _waiting.ToArray();
        _waiting.Clear();
        foreach (var resume in waiting)
            World.Current.After(TimeSpan.Zero, resume);
    }

    /// <summary>Runs a statement to its end and keeps every row of the answer, so that nothing stays open across a pause.</summary>
    public SimResult Run(string text, IReadOnlyList<SqliteParameter> parameters)
    {
        try
        {
            var prepared = Prepare(text, parameters);
            using var reader = prepared.Command.ExecuteReader();
            return SimResult.Read(reader, prepared);
        }
        catch (SqliteException failed)
        {
            throw Dialect.Translate(failed);
        }
    }

    /// <summary>Looks at rows as a bystander: no boundary, no fault.</summary>
    public List<object[]> Rows(string text, params object[] values)
    {
        var parameters = values.Select((value, i) => new SqliteParameter($"@p{i}", Number(value))).ToArray();
        return Run(text, parameters).Sets.SelectMany(set => set.Rows).ToList();
    }

    public long Count(string text, params object[] values) => Convert.ToInt64(Rows(text, values)[0][0], CultureInfo.InvariantCulture);

    public bool HasTable(string table) => _tables.Contains(table);

    /// <summary>When the first row that awaits a periodic work falls due, or fell.</summary>
    public DateTimeOffset? NextDue() =>
        _due.Select(query => Rows(query)[0][0]).OfType<long>()
            .Select(ticks => (DateTimeOffset?)new DateTimeOffset(ticks, TimeSpan.Zero)).Min();

    private static object Number(object value) => value switch
    {
        Guid id => World.Current.Ids.NumberOf(id),
        DateTimeOffset time => time.UtcTicks,
        _ => value
    };

    private Prepared Prepare(string text, IReadOnlyList<SqliteParameter> parameters)
    {
        if (!_prepared.TryGetValue(text, out var prepared))
        {
            prepared = new Prepared(_sqlite.CreateCommand());
            prepared.Command.CommandText = text;
            prepared.Command.Prepare();
            _prepared[text] = prepared;
        }
        var command = prepared.Command;
        if (command.Parameters.Count != parameters.Count)
            command.Parameters.Clear();
        for (var i = 0; i < parameters.Count; i++)
        {
            if (command.Parameters.Count == i)
                command.Parameters.Add(new SqliteParameter());
            var (target, source) = (command.Parameters[i], parameters[i]);
            (target.ParameterName, target.Value) = (source.ParameterName, source.Value ?? DBNull.Value);
        }
        return prepared;
    }

    private IEnumerable<string> DueColumns(string table)
    {
        var columns = Rows($"SELECT name FROM pragma_table_info('{table}')").Select(row => (string)row[0]).ToList();
        var open = columns.Contains("done_at") ? " AND done_at IS NULL" : "";
        return columns.Where(DueNames.Contains).Select(column => $"SELECT min({column}) FROM {table} WHERE {column} IS NOT NULL{open}");
    }

    [GeneratedRegex("^INSERT INTO [^;]*;", RegexOptions.Multiline)]
    private static partial Regex Seeds();

    private void Execute(string text)
    {
        using var command = _sqlite.CreateCommand();
        command.CommandText = text;
        command.ExecuteNonQuery();
    }
}
