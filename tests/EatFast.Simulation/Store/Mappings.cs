using EatFast.Simulation.Core;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace EatFast.Simulation.Store;

/// <summary>Ids are stored as numbers by order of appearance, times as ticks: both compare in SQLite as they do in Postgres.</summary>
internal sealed class Mappings : IRelationalTypeMappingSourcePlugin
{
    private static readonly RelationalTypeMapping Ids = Numbers(new ValueConverter<Guid, long>(
        id => World.Current.Ids.NumberOf(id), number => World.Current.Ids.IdOf(number)));

    private static readonly RelationalTypeMapping Times = Numbers(new ValueConverter<DateTimeOffset, long>(
        time => time.UtcTicks, ticks => new DateTimeOffset(ticks, TimeSpan.Zero)));

    public RelationalTypeMapping? FindMapping(in RelationalTypeMappingInfo mappingInfo) =>
        mappingInfo.ClrType == typeof(Guid) ? Ids
        : mappingInfo.ClrType == typeof(DateTimeOffset) ? Times
        : null;

    private static RelationalTypeMapping Numbers(ValueConverter converter) =>
        (RelationalTypeMapping)new LongTypeMapping("INTEGER").WithComposedConverter(converter);
}
