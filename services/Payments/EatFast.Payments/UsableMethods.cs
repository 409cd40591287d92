using EatFast.Payments.Clients;
using EatFast.Payments.Domain;

namespace EatFast.Payments;

/// <summary>The methods that can be used here: a provider counts once it has its keys.</summary>
internal sealed class UsableMethods(NouPayOptions noupay, StripeOptions stripe)
{
    /// <summary>A wallet needs an account; for cash, a guest has to have proven the order's number (<see cref="OrderPayments"/>).</summary>
    public bool Has(string method, bool isGuest) => Has(method) && !(isGuest && method == PaymentMethods.Wallet);

    public bool Has(string method) => method switch
    {
        PaymentMethods.Cash or PaymentMethods.CamPay or PaymentMethods.Wallet => true,
        PaymentMethods.NouPay => noupay.IsOn,
        PaymentMethods.Stripe => stripe.IsOn,
        _ => false
    };
}
