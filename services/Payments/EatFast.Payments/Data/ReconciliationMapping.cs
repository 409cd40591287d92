using EatFast.Payments.Domain;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Payments.Data;

/// <summary>The tables of reconciliation; a mismatch of the books is one row however often it is seen.</summary>
internal static class ReconciliationMapping
{
    public static void MapReconciliation(this ModelBuilder model)
    {
        model.Entity<ReconciliationBreak>(row =>
        {
            row.ToTable("reconciliation_breaks");
            row.Property(known => known.Id).ValueGeneratedNever();
            row.HasIndex(known => new { known.Kind, known.Subject }).IsUnique();
            row.HasIndex(known => known.FoundAt).HasFilter("resolved_at IS NULL");
        });
        model.Entity<ReconciliationRun>(run =>
        {
            run.ToTable("reconciliation_runs");
            run.Property(known => known.Id).ValueGeneratedNever();
            run.HasIndex(known => known.StartedAt);
        });
    }
}
