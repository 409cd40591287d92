using EatFast.Payments.Clients;
using EatFast.Payments.Domain;

namespace EatFast.Payments;

/// <summary>The methods that can be used here: a provider counts once it has its keys.</summary>
internal sealed class UsableMethods(NouPayOptions noupay, StripeOptions stripe)
{
    public bool Has(string method) => method switch
    {
        PaymentMethods.Cash or PaymentMethods.CamPay or PaymentMethods.Wallet => true,
        PaymentMethods.NouPay => noupay.IsOn,
        PaymentMethods.Stripe => stripe.IsOn,
        _ => false
    };
}
