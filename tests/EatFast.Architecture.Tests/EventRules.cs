using MassTransit;

namespace EatFast.ArchitectureTests;

public sealed class EventRules
{
    public static TheoryData<Type> Events => [.. Houses.Assemblies
        .Where(assembly => assembly.GetName().Name!.EndsWith(".Contracts", StringComparison.Ordinal))
        .SelectMany(assembly => assembly.GetTypes())
        .Where(type => type.Namespace?.EndsWith(".Contracts", StringComparison.Ordinal) == true && type.GetMethod("<Clone>$") is not null)];

    [Theory, MemberData(nameof(Events))]
    public void Every_event_has_a_reader_or_it_would_never_leave_the_outbox(Type @event)
    {
        var readers = Houses.Assemblies.SelectMany(assembly => assembly.GetTypes()).Where(type => type.IsAssignableTo(typeof(IConsumer<>).MakeGenericType(@event)));

        Assert.NotEmpty(readers);
    }

    [Fact]
    public void The_vocabulary_is_found() => Assert.True(Events.Count > 15);
}
