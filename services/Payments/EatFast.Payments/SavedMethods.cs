using EatFast.Payments.Data;
using EatFast.Payments.Domain;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Payments;

/// <summary>A saved number as its owner sees it, whole: the app fills it in when the owner pays.</summary>
public sealed record SavedMethodView(Guid Id, string Type, string Provider, string Operator, string Phone, string? Label, DateTimeOffset CreatedAt);

/// <summary>Reads what a customer saved to pay with.</summary>
internal sealed class SavedMethods(PaymentsDbContext db, PhoneCipher cipher)
{
    /// <summary>Uses ix_saved_methods_customer_id_created_at.</summary>
    public async Task<List<SavedMethodView>> ListAsync(Guid customerId, CancellationToken ct)
    {
        var rows = await db.SavedMethods.AsNoTracking().Where(row => row.CustomerId == customerId).OrderBy(row => row.CreatedAt).ToListAsync(ct);
        return rows.ConvertAll(ViewOf);
    }

    public SavedMethodView ViewOf(SavedMethod row) =>
        new(row.Id, row.Type, row.Type, row.Operator, $"+{cipher.Open(row.SealedPhone, row.Id)}", row.Label, row.CreatedAt);
}
