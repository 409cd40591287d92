using EatFast.Drills.Checking;

namespace EatFast.Drills.Tests;

/// <summary>The checker finds each kind of broken promise in made-up rows, and nothing in healthy ones.</summary>
public sealed class CheckerTests
{
    [Fact]
    public void A_healthy_day_breaks_no_promise_and_every_promise_is_tried()
    {
        var verdict = Checker.Check(Town.Healthy());

        Assert.Empty(verdict.Violations);
        Assert.All(verdict.Tried.Where(one => one.Key != "I13"), one => Assert.True(one.Value > 0, $"{one.Key} looked at nothing"));
    }

    [Fact]
    public void Nothing_at_all_is_not_tried_and_not_broken()
    {
        var verdict = Checker.Check(new Evidence());

        Assert.Empty(verdict.Violations);
        Assert.Equal(1, verdict.Tried.Values.Sum());
    }

    [Fact]
    public void I1_an_acknowledged_order_is_missing() => Finds(
        "I1", day => day with { Orders = Without(day.Orders, order => order.Id == Town.Unpaid.Id) });

    [Fact]
    public void I1_an_order_that_nobody_asked_for() => Finds(
        "I1", day => day with { Calls = Without(day.Calls, call => call.OrderId == Town.Cash.Id) });

    [Fact]
    public void I1_is_content_when_the_answer_was_lost_and_the_key_is_stored()
    {
        var day = Town.Healthy();
        var calls = Change(
            day.Calls, call => call.OrderId == Town.Cash.Id, call => call with { Status = 0, OrderId = null, BodyHash = null });

        Assert.Empty(Checker.Check(day with { Calls = calls }).Violations);
    }

    [Fact]
    public void I2_two_orders_under_one_key() => Finds(
        "I2", day => day with { Keys = [.. day.Keys, new KeyRow(Town.Cash.Placed.Principal, Town.Cash.Placed.Key, Town.Delivered.Id)] });

    [Fact]
    public void I2_a_repeat_got_other_bytes() => Finds(
        "I2", day => day with { Calls = [.. day.Calls, Town.Cash.Placed with { BodyHash = "other" }] });

    [Fact]
    public void I2_an_order_without_a_stored_answer() => Finds(
        "I2", day => day with { Keys = Without(day.Keys, key => key.OrderId == Town.Cash.Id) });

    [Fact]
    public void I2_two_payments_of_one_order() => Finds(
        "I2", day => day with { Payments = [.. day.Payments, Town.Cash.Payment with { Id = Guid.NewGuid() }] });

    [Fact]
    public void I3_an_order_that_never_ends() => Finds(
        "I3", day => day with { Orders = Change(day.Orders, order => order.Id == Town.Cash.Id, order => order with { Status = "ready" }) });

    [Fact]
    public void I4_a_gap_in_the_history() => Finds(
        "I4", day => day with { History = Without(day.History, row => row.OrderId == Town.Cash.Id && row.Version == 4) });

    [Fact]
    public void I4_a_step_that_is_not_allowed() => Finds(
        "I4", day => day with
        {
            History = Change(
                day.History, row => row.OrderId == Town.Cash.Id && row.Version == 4, row => row with { Status = "rejected" })
        });

    [Fact]
    public void I6_a_booking_that_does_not_balance() => Finds(
        "I6", day => day with { Ledger = Without(day.Ledger, line => line == Town.Cash.Ledger[0]) });

    [Fact]
    public void I6_a_booking_made_twice() => Finds(
        "I6", day => day with { Ledger = [.. day.Ledger, .. Town.Cash.Ledger.Select(line => line with { EntryId = Guid.AllBitsSet })] });

    [Fact]
    public void I11_a_driver_with_two_jobs() => Finds(
        "I11", day => day with { Deliveries = Change(day.Deliveries, _ => true, delivery => delivery with { Status = "assigned" }) });

    [Fact]
    public void I11_a_driver_who_is_busy_with_nothing() => Finds(
        "I11", day => day with { Drivers = [new DriverRow(OrderStory.Driver, "busy")] });

    [Fact]
    public void I11_two_drivers_who_were_both_given_a_job() => Finds("I11", day => day with
    {
        Calls = [.. day.Calls, TakenBy("one"), TakenBy("other")]
    });

    [Fact]
    public void I12_the_services_contradict_each_other() => Finds(
        "I12", day => day with { Deliveries = Change(day.Deliveries, _ => true, delivery => delivery with { Status = "cancelled" }) });

    [Fact]
    public void I12_a_follower_was_last_told_an_older_status() => Finds(
        "I12", day =>
            day with { Followed = Change(day.Followed, row => row.OrderId == Town.Cash.Id, row => row with { Status = "ready" }) });

    [Fact]
    public void I16_a_phone_number_in_a_log() => Finds("I16", day => day with { Leaks = [new Leak("+237670000001", "ordering.log")] });

    [Fact]
    public void What_a_drill_saw_itself_counts() => Finds("bar", day => day with { Observed = [new Violation("bar", "too slow")] });

    private static ClientCall TakenBy(string driver) => new(ClientCall.AcceptJob, "", driver, 200, null, Town.Cash.Id, Town.Noon);

    internal static void Finds(string invariant, Func<Evidence, Evidence> spoil)
    {
        var verdict = Checker.Check(spoil(Town.Healthy()));

        Assert.Contains(verdict.Violations, violation => violation.Invariant == invariant);
    }

    internal static IReadOnlyList<T> Without<T>(IReadOnlyList<T> rows, Func<T, bool> which)
    {
        Assert.Contains(rows, row => which(row));
        return [.. rows.Where(row => !which(row))];
    }

    internal static IReadOnlyList<T> Change<T>(IReadOnlyList<T> rows, Func<T, bool> which, Func<T, T> change)
    {
        Assert.Contains(rows, row => which(row));
        return [.. rows.Select(row => which(row) ? change(row) : row)];
    }
}
