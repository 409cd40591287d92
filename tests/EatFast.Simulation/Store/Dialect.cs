using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace EatFast.Simulation.Store;

/// <summary>A statement as SQLite takes it, with a short name for the trace.</summary>
internal sealed record Statement(string Text, string Label, bool IsWrite, bool IsOutboxInsert);

/// <summary>Translates the few statements that are written by hand for Postgres, and SQLite's refusals into Postgres's words.</summary>
internal static partial class Dialect
{
    private static readonly ConcurrentDictionary<string, Statement> Known = new(StringComparer.Ordinal);

    public static Statement Of(string text) => Known.GetOrAdd(text, Read);

    public static Exception Translate(SqliteException failed)
    {
        var state = failed.SqliteExtendedErrorCode switch
        {
            1555 or 2067 or 2579 => PostgresErrorCodes.UniqueViolation,
            787 => PostgresErrorCodes.ForeignKeyViolation,
            275 => PostgresErrorCodes.CheckViolation,
            1299 => PostgresErrorCodes.NotNullViolation,
            _ => null
        };
        var table = Failed().Match(failed.Message).Groups["table"].Value;
        return state is null
            ? new InvalidOperationException($"SQLite cannot run this: {failed.Message}", failed)
            : new PostgresException(failed.Message, "ERROR", "ERROR", state, tableName: table);
    }

    private static Statement Read(string text)
    {
        var sqlite = Schemas().Replace(text, "");
        sqlite = Locks().Replace(sqlite, "");
        sqlite = ReturningAll().Replace(sqlite, "RETURNING *");
        sqlite = RowAddresses().Replace(sqlite, "rowid IN (SELECT rowid ${rest})");
        sqlite = AnyOf().Replace(sqlite, "IN (SELECT value FROM json_each(${list}))");
        sqlite = Casts().Replace(sqlite, "");
        sqlite = Unnested().Replace(sqlite, Rows);
        var words = Words().Matches(sqlite).Select(match => match.Value).ToList();
        var isWrite = words.Exists(word => word is "INSERT" or "UPDATE" or "DELETE");
        var table = Tables().Match(sqlite).Groups["table"].Value;
        var isOutbox = words.Contains("INSERT") && table == "outbox_messages";
        return new Statement(sqlite, $"{words.FirstOrDefault() ?? "SQL"} {table}", isWrite, isOutbox);
    }

    // Lists side by side, a row for each place in them. WHERE keeps SQLite from reading ON CONFLICT as a join's condition.
    private static string Rows(Match unnested)
    {
        var (lists, columns) = (unnested.Groups["list"].Captures, unnested.Groups["column"].Captures);
        var values = string.Join(", ", columns.Select((column, i) => $"l{i}.value AS {column.Value}"));
        var joins = string.Join(" JOIN ", lists.Select((list, i) => $"json_each({list.Value}) AS l{i}{(i == 0 ? "" : $" ON l{i}.key = l0.key")}"));
        return $"(SELECT {values} FROM {joins}) AS {unnested.Groups["name"].Value} WHERE true";
    }

    [GeneratedRegex(@"(?<![\w""'.])""?(?:ordering|payments|delivery)""?\.(?=""?[a-z_])")]
    private static partial Regex Schemas();

    [GeneratedRegex(@"\bFOR\s+(?:NO KEY\s+)?UPDATE(?:\s+OF\s+\w+)?(?:\s+SKIP\s+LOCKED)?")]
    private static partial Regex Locks();

    [GeneratedRegex(@"\bRETURNING\s+\w+\.\*")]
    private static partial Regex ReturningAll();

    [GeneratedRegex(@"ctid\s*=\s*ANY\s*\(ARRAY\(\s*SELECT\s+ctid\s(?<rest>.*)\)\)", RegexOptions.Singleline)]
    private static partial Regex RowAddresses();

    [GeneratedRegex(@"=\s*ANY\s*\((?<list>@\w+)\)")]
    private static partial Regex AnyOf();

    [GeneratedRegex(@"::[a-z]+\b")]
    private static partial Regex Casts();

    [GeneratedRegex(@"unnest\((?:(?<list>@\w+),?\s*)+\)\s+AS\s+(?<name>\w+)\s*\((?:(?<column>\w+),?\s*)+\)")]
    private static partial Regex Unnested();

    [GeneratedRegex(@"\b(?:SELECT|INSERT|UPDATE|DELETE)\b")]
    private static partial Regex Words();

    [GeneratedRegex(@"\b(?:FROM|INTO|UPDATE)\s+""?(?<table>[a-z_]+)""?")]
    private static partial Regex Tables();

    [GeneratedRegex(@"constraint failed: (?<table>\w+)\.")]
    private static partial Regex Failed();
}
