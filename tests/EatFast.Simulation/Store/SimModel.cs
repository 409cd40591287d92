using EatFast.Messaging;
using EatFast.Simulation.Core;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.EntityFrameworkCore.Update;
using Microsoft.EntityFrameworkCore.Update.Internal;
using Microsoft.Extensions.DependencyInjection;

namespace EatFast.Simulation.Store;

/// <summary>The services' own models, without what SQLite does not have: schemas, sequences, identity columns.</summary>
internal sealed class SimModel(ModelCustomizerDependencies dependencies) : RelationalModelCustomizer(dependencies)
{
    public override void Customize(ModelBuilder modelBuilder, DbContext context)
    {
        base.Customize(modelBuilder, context);
        modelBuilder.Model.SetDefaultSchema(null);
        foreach (var sequence in modelBuilder.Model.GetSequences().ToList())
            modelBuilder.Model.RemoveSequence(sequence.Name, sequence.Schema);
        modelBuilder.Entity<OutboxMessage>().Property(message => message.Sequence).ValueGeneratedOnAdd().HasDefaultValueSql("0");
    }

    /// <summary>The counter that Postgres keeps by itself; like there it never goes back.</summary>
    public const string Triggers = """
        CREATE TRIGGER outbox_sequence AFTER INSERT ON outbox_messages BEGIN
            UPDATE outbox_messages SET sequence = nextval('outbox') WHERE id = new.id;
        END;
        """;
}

/// <summary>Rows of one save are written in the order of their ids; within one millisecond by chance, the same way each time.</summary>
internal sealed class SimOrder : IComparer<IReadOnlyModificationCommand>
{
    private readonly ModificationCommandComparer _real = new();

    public int Compare(IReadOnlyModificationCommand? x, IReadOnlyModificationCommand? y)
    {
        if (ReferenceEquals(x, y) || x is null || y is null || x.TableName != y.TableName || x.EntityState != y.EntityState
            // Rows that a schema begins with have no entity.
            || x.Entries.Count == 0 || y.Entries.Count == 0)
            return _real.Compare(x, y);
        foreach (var (one, other) in KeyOf(x).Zip(KeyOf(y)))
        {
            var order = one is Guid first && other is Guid second
                ? World.Current.Ids.Compare(first, second)
                : Comparer<object>.Default.Compare(one, other);
            if (order != 0)
                return order;
        }
        return 0;
    }

    private static IEnumerable<object?> KeyOf(IReadOnlyModificationCommand command)
    {
        var entry = command.Entries[0];
        return entry.EntityType.FindPrimaryKey()!.Properties.Select(entry.GetCurrentValue);
    }
}

/// <summary>Adds the mappings to EF's own services.</summary>
internal sealed class SimExtension : IDbContextOptionsExtension
{
    public DbContextOptionsExtensionInfo Info => new About(this);

    public void ApplyServices(IServiceCollection services) => services.AddSingleton<IRelationalTypeMappingSourcePlugin, Mappings>();

    public void Validate(IDbContextOptions options)
    {
    }

    private sealed class About(IDbContextOptionsExtension extension) : DbContextOptionsExtensionInfo(extension)
    {
        public override bool IsDatabaseProvider => false;

        public override string LogFragment => "";

        public override int GetServiceProviderHashCode() => 0;

        public override bool ShouldUseSameServiceProvider(DbContextOptionsExtensionInfo other) => other is About;

        public override void PopulateDebugInfo(IDictionary<string, string> debugInfo)
        {
        }
    }
}
