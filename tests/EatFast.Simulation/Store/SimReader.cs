using System.Collections;
using System.Data.Common;
using System.Globalization;

namespace EatFast.Simulation.Store;

/// <summary>Hands out rows that have been read already.</summary>
internal sealed class SimReader(SimResult result) : DbDataReader
{
    private static readonly SimResult.Set Nothing = new([], []);
    private int _set;
    private int _row = -1;

    public override int FieldCount => Current.Names.Length;
    public override int RecordsAffected => result.RecordsAffected;
    public override bool HasRows => Current.Rows.Count > 0;
    public override bool IsClosed => false;
    public override int Depth => 0;
    public override object this[int ordinal] => GetValue(ordinal);
    public override object this[string name] => GetValue(GetOrdinal(name));

    private SimResult.Set Current => _set < result.Sets.Count ? result.Sets[_set] : Nothing;

    public override bool Read() => ++_row < Current.Rows.Count;

    public override bool NextResult()
    {
        _row = -1;
        return ++_set < result.Sets.Count;
    }

    public override object GetValue(int ordinal) => Current.Rows[_row][ordinal];
    public override bool IsDBNull(int ordinal) => GetValue(ordinal) is DBNull;
    public override string GetName(int ordinal) => Current.Names[ordinal];
    public override int GetOrdinal(string name) => Array.IndexOf(Current.Names, name);
    public override Type GetFieldType(int ordinal) => _row >= 0 && _row < Current.Rows.Count ? GetValue(ordinal).GetType() : typeof(object);
    public override string GetDataTypeName(int ordinal) => GetFieldType(ordinal).Name;
    public override long GetInt64(int ordinal) => Convert.ToInt64(GetValue(ordinal), CultureInfo.InvariantCulture);
    public override int GetInt32(int ordinal) => (int)GetInt64(ordinal);
    public override short GetInt16(int ordinal) => (short)GetInt64(ordinal);
    public override byte GetByte(int ordinal) => (byte)GetInt64(ordinal);
    public override bool GetBoolean(int ordinal) => GetInt64(ordinal) != 0;
    public override double GetDouble(int ordinal) => Convert.ToDouble(GetValue(ordinal), CultureInfo.InvariantCulture);
    public override float GetFloat(int ordinal) => (float)GetDouble(ordinal);
    public override decimal GetDecimal(int ordinal) => Convert.ToDecimal(GetValue(ordinal), CultureInfo.InvariantCulture);
    public override string GetString(int ordinal) => (string)GetValue(ordinal);
    public override char GetChar(int ordinal) => GetString(ordinal)[0];
    public override Guid GetGuid(int ordinal) => throw new NotSupportedException("Ids are stored as numbers.");
    public override DateTime GetDateTime(int ordinal) => throw new NotSupportedException("Times are stored as numbers.");
    public override IEnumerator GetEnumerator() => throw new NotSupportedException();

    public override long GetBytes(int ordinal, long dataOffset, byte[]? buffer, int bufferOffset, int length) =>
        throw new NotSupportedException();

    public override long GetChars(int ordinal, long dataOffset, char[]? buffer, int bufferOffset, int length) =>
        throw new NotSupportedException();

    public override T GetFieldValue<T>(int ordinal) => GetValue(ordinal) switch
    {
        T value => value,
        var other when typeof(T) == typeof(byte[]) && other is string text => (T)(object)System.Text.Encoding.UTF8.GetBytes(text),
        var other => (T)Convert.ChangeType(other, Nullable.GetUnderlyingType(typeof(T)) ?? typeof(T), CultureInfo.InvariantCulture)
    };

    public override int GetValues(object[] values)
    {
        Current.Rows[_row].CopyTo(values, 0);
        return FieldCount;
    }
}
