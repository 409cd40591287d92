using System.Reflection;
using System.Text.RegularExpressions;

namespace EatFast.ArchitectureTests;

public sealed class TypeRules
{
    [Fact]
    public void Classes_are_sealed() => Check(OpenClasses);

    [Fact]
    public void Domain_state_changes_only_through_its_verbs() => Check(PublicSetters);

    [Fact]
    public void Requests_are_public_or_their_limits_would_be_skipped() => Check(HiddenRequests);

    private static void Check(Func<IEnumerable<Type>, IEnumerable<string>> breaches)
    {
        Assert.Empty(breaches(Houses.Assemblies.SelectMany(assembly => assembly.GetTypes())));
        Assert.NotEmpty(breaches(typeof(TypeRules).Assembly.GetTypes()));
    }

    private static IEnumerable<string> OpenClasses(IEnumerable<Type> types) =>
        from type in types
        where InRoom(type, "Domain|Data|Features|Clients|Grpc") && type is { IsClass: true, IsAbstract: false, IsSealed: false }
        select type.FullName;

    private static IEnumerable<string> PublicSetters(IEnumerable<Type> types) =>
        from type in types
        where InRoom(type, "Domain")
        from property in type.GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.DeclaredOnly)
        where property.SetMethod is { IsPublic: true } setter
            && !setter.ReturnParameter.GetRequiredCustomModifiers().Any(modifier => modifier.Name == "IsExternalInit")
        select $"{type.FullName}.{property.Name}";

    private static IEnumerable<string> HiddenRequests(IEnumerable<Type> types) =>
        from type in types
        where InRoom(type, "Features") && type is { IsPublic: false, IsNested: false } && type.Name.EndsWith("Request", StringComparison.Ordinal)
        select type.FullName;

    private static bool InRoom(Type type, string rooms) =>
        Regex.IsMatch(type.Namespace ?? "", $@"^EatFast\.\w+\.({rooms})$") && !type.Name.Contains('<', StringComparison.Ordinal);
}
