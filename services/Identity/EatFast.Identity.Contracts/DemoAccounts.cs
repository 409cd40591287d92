namespace EatFast.Identity.Contracts;

/// <summary>The accounts of the demo data (Development only); other services seed rows that belong to them.</summary>
public static class DemoAccounts
{
    public const string Password = "EatFast-Demo-2026";
    public static readonly Guid Admin = new("01990000-0000-7000-8000-000000000001");
    public static readonly Guid Owner = new("01990000-0000-7000-8000-000000000002");
    public static readonly Guid Driver = new("01990000-0000-7000-8000-000000000003");
    public static readonly Guid Driver2 = new("01990000-0000-7000-8000-000000000004");
    public static readonly Guid Customer = new("01990000-0000-7000-8000-000000000005");
}
