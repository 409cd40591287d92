using Microsoft.Data.Sqlite;

namespace EatFast.Simulation.Store;

/// <summary>The whole answer to a statement.</summary>
internal sealed record SimResult(IReadOnlyList<SimResult.Set> Sets, int RecordsAffected)
{
    internal sealed record Set(string[] Names, List<object[]> Rows);

    public static SimResult Read(SqliteDataReader reader, Prepared prepared)
    {
        var sets = new List<Set>(1);
        do
        {
            var names = prepared.NamesOf(reader, sets.Count);
            var rows = new List<object[]>();
            while (names.Length > 0 && reader.Read())
            {
                var row = new object[names.Length];
                reader.GetValues(row);
                rows.Add(row);
            }
            if (names.Length > 0)
                sets.Add(new Set(names, rows));
        }
        while (reader.NextResult());
        return new SimResult(sets, reader.RecordsAffected);
    }
}

/// <summary>A statement that is used again and again, with the names of its columns.</summary>
internal sealed record Prepared(SqliteCommand Command)
{
    private string[]? _names;

    public string[] NamesOf(SqliteDataReader reader, int set)
    {
        if (set == 0 && _names is { } known && known.Length == reader.FieldCount)
            return known;
        var names = new string[reader.FieldCount];
        for (var i = 0; i < names.Length; i++)
            names[i] = reader.GetName(i);
        return set == 0 ? _names = names : names;
    }
}
