using System.Text.RegularExpressions;
using ArchUnitNET.Domain;
using ArchUnitNET.Loader;
using Assembly = System.Reflection.Assembly;

namespace EatFast.ArchitectureTests;

/// <summary>The real system, and beside it the guilty types of this assembly that each rule has to catch.</summary>
internal static class Houses
{
    private static readonly string[] Names =
    [
        "EatFast.ServiceDefaults", "EatFast.Gateway",
        "EatFast.Identity", "EatFast.Catalog", "EatFast.Ordering", "EatFast.Payments", "EatFast.Delivery", "EatFast.Notifications",
        "EatFast.Identity.Contracts", "EatFast.Catalog.Contracts", "EatFast.Ordering.Contracts", "EatFast.Payments.Contracts", "EatFast.Delivery.Contracts"
    ];

    private static readonly Lazy<Architecture> Real = new(() => new ArchLoader().LoadAssemblies(Assemblies).Build());
    private static readonly Lazy<Architecture> Guilty = new(() => new ArchLoader().LoadAssembly(typeof(Houses).Assembly).Build());

    public static Assembly[] Assemblies { get; } = Array.ConvertAll(Names, Assembly.Load);

    public static string Root { get; } = FindRoot();

    /// <summary>No type of the room uses a type of the forbidden ones; the guilty types show that a breach would be seen.</summary>
    public static void Forbid(string room, string forbidden)
    {
        Assert.Empty(Breaches(Real.Value, room, forbidden));
        Assert.NotEmpty(Breaches(Guilty.Value, room, forbidden));
    }

    /// <summary>Hand-written sources below these folders, without generated code.</summary>
    public static IEnumerable<(string Path, string Text)> Sources(params string[] folders) =>
        from folder in folders
        from path in Directory.EnumerateFiles(Path.Combine(Root, folder), "*.cs", SearchOption.AllDirectories)
        where !path.Contains("/Migrations/", StringComparison.Ordinal) && !path.Contains("/obj/", StringComparison.Ordinal)
        select (Path.GetRelativePath(Root, path), File.ReadAllText(path));

    private static List<string> Breaches(Architecture house, string room, string forbidden) =>
        (from type in house.Types
         where Regex.IsMatch(type.FullName, $@"^EatFast\.\w+\.{room}\.")
         from dependency in type.Dependencies
         where Regex.IsMatch(dependency.Target.FullName, forbidden)
         select $"{type.FullName} -> {dependency.Target.FullName}").Distinct().ToList();

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "EatFast.sln")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("EatFast.sln was not found above the tests.");
    }
}
