namespace EatFast.Load;

/// <summary>The names of the calls, in the report and in the journal.</summary>
public static class Calls
{
    public const string Register = "register";
    public const string SignIn = "sign in";
    public const string Refresh = "refresh session";
    public const string ListRestaurants = "list restaurants";
    public const string ReadMenu = "read menu";
    public const string Place = "place order";
    public const string Cancel = "cancel order";
    public const string Pay = "pay";
    public const string ReadPayment = "read payment";
    public const string ReadOrder = "read order";
    public const string Confirm = "confirm order";
    public const string Reject = "reject order";
    public const string Prepare = "start cooking";
    public const string Ready = "food ready";
    public const string GoOnline = "go online";
    public const string ListOffers = "list offers";
    public const string Accept = "accept offer";
    public const string ReportPosition = "report position";
    public const string PickUp = "pick up";
    public const string Depart = "depart";
    public const string HandOver = "hand over";
    public const string ReadCash = "read my cash";
    public const string DeclareCash = "hand cash over";
    public const string CountCash = "count cash";
    public const string Rate = "rate order";

    /// <summary>Not calls but waits: from the call that causes something until somebody saw that it has happened.</summary>
    public const string UntilReleased = "paid → released to kitchen";
    public const string UntilOffered = "food ready → accepted by driver";
    public const string UntilDelivered = "handed over → customer sees it";
}
