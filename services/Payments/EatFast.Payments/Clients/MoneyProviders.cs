using EatFast.Payments.Domain;

namespace EatFast.Payments.Clients;

/// <summary>The providers of money by the name that an attempt carries.</summary>
internal sealed class MoneyProviders(IEnumerable<IMoneyProvider> all)
{
    private readonly Dictionary<string, IMoneyProvider> _byName = all.ToDictionary(provider => provider.Name);

    public IEnumerable<IMoneyProvider> All => _byName.Values;

    public IMoneyProvider Of(Attempt attempt) => _byName[attempt.Provider];
}
