namespace EatFast.Identity.Domain;

/// <summary>The roles of accounts; the clients in the field know the same four under many older names.</summary>
public static class UserRole
{
    public const string Customer = "customer";
    public const string RestaurantOwner = "restaurant_owner";
    public const string DeliveryAgent = "delivery_agent";
    public const string Admin = "admin";

    private static readonly Dictionary<string, string> Names = new(StringComparer.OrdinalIgnoreCase)
    {
        [Customer] = Customer,
        ["client"] = Customer,
        [RestaurantOwner] = RestaurantOwner,
        ["restaurant"] = RestaurantOwner,
        ["restaurant_manager"] = RestaurantOwner,
        [DeliveryAgent] = DeliveryAgent,
        ["driver"] = DeliveryAgent,
        ["delivery"] = DeliveryAgent,
        ["delivery_person"] = DeliveryAgent,
        ["livreur"] = DeliveryAgent,
        [Admin] = Admin,
        ["administrator"] = Admin
    };

    /// <summary>The stored role for any of its names, or null for a word that names none.</summary>
    public static string? Find(string name) => Names.GetValueOrDefault(name);

    /// <summary>Restaurants and drivers handle other people's money and food, so somebody approves them first.</summary>
    public static bool NeedsApproval(string role) => role is RestaurantOwner or DeliveryAgent;
}

/// <summary>The states of an account, as the contract names them.</summary>
public static class UserStatus
{
    public const string Active = "active";
    public const string Pending = "pending";
    public const string Suspended = "suspended";
    public const string Inactive = "inactive";

    /// <summary>The stored state for the words that the operators' documents use beside the four, or null for one that names none.</summary>
    public static string? Find(string name) => name switch
    {
        Active or Pending or Suspended or Inactive => name,
        "banned" => Suspended,
        "pending_verification" => Pending,
        _ => null
    };

    /// <summary>The one table of what an administrator may make of an account.</summary>
    public static bool MayFollow(string current, string next) => (current, next) switch
    {
        (Pending, Active or Inactive) => true,
        (Active, Suspended or Inactive) => true,
        (Suspended, Active or Suspended or Inactive) => true,
        (Inactive, Active) => true,
        _ => false
    };
}
