using EatFast.Payments.Domain;

namespace EatFast.Ordering.Tests.Walk;

/// <summary>The truth about the money: one movement per external reference, however often it is sent.</summary>
internal sealed class Provider(bool keepsReferences)
{
    private readonly Dictionary<string, Movement> _movements = [];
    private readonly Dictionary<string, Movement> _byReference = [];

    internal sealed class Movement(bool isCollect, long amountXaf)
    {
        public string Reference { get; } = Guid.NewGuid().ToString();
        public bool IsCollect => isCollect;
        public long AmountXaf => amountXaf;
        public bool? Succeeded { get; set; }
        public bool IsTold { get; set; }
    }

    public IReadOnlyList<Movement> Pending => [.. _byReference.Values.Where(movement => movement.Succeeded is null)];

    public long CollectedXaf => Sum(isCollect: true);

    public long RefundedXaf => Sum(isCollect: false);

    public Movement Move(Attempt attempt)
    {
        if (_movements.TryGetValue(attempt.ExternalReference, out var known) && keepsReferences)
            return known;
        var movement = new Movement(attempt.IsCollect, attempt.AmountXaf);
        _movements[attempt.ExternalReference] = _byReference[movement.Reference] = movement;
        return movement;
    }

    /// <summary>What a question finds out: by the reference we were given, or by the one a webhook has told.</summary>
    public Movement? Find(Attempt attempt) => attempt.ProviderReference is { } reference
        ? _byReference[reference]
        : _movements.TryGetValue(attempt.ExternalReference, out var told) && told.IsTold ? told : null;

    public void Tell(int choice)
    {
        if (_movements.Count > 0)
            _movements.Values.ElementAt(choice % _movements.Count).IsTold = true;
    }

    private long Sum(bool isCollect) => _byReference.Values
        .Where(movement => movement.Succeeded == true && movement.IsCollect == isCollect)
        .Sum(movement => movement.AmountXaf);
}
