namespace EatFast.Delivery.Contracts;

/// <summary>Why food came back, in the words that whoever stops an order on its way may give as the reason.</summary>
public static class ReturnReason
{
    public const string CustomerAbsent = "customer_absent";
    public const string CustomerRefused = "customer_refused";
    public const string CustomerCannotPay = "customer_cannot_pay";
    public const string DriverTrouble = "driver_trouble";
    public const string FoodDamaged = "food_damaged";
    public const string WrongFood = "wrong_food";
    public const string TooLate = "too_late";

    private static readonly string[] Customers = [CustomerAbsent, CustomerRefused, CustomerCannotPay];
    private static readonly string[] Ours = [DriverTrouble, FoodDamaged, WrongFood, TooLate];

    /// <summary>The word, or null for what a person wrote in words of their own.</summary>
    public static string? Of(string? said) => said is not null && (Customers.Contains(said) || Ours.Contains(said)) ? said : null;

    /// <summary>True where it certainly was not the customer.</summary>
    public static bool IsOurs(string? reason) => reason is not null && Ours.Contains(reason);
}
