using EatFast.Errors;
using EatFast.Ordering.Domain;

namespace EatFast.Ordering.Tests.Domain;

public sealed class OrderTransitionsTests
{
    [Fact]
    public void No_step_leads_out_of_an_end()
    {
        string[] ends = [OrderStatus.Completed, OrderStatus.Cancelled, OrderStatus.Rejected, OrderStatus.Expired];

        Assert.DoesNotContain(OrderTransitions.All, step => ends.Contains(step.From));
    }

    /// <summary>Every step and everybody who may take it; whatever is not in here is refused.</summary>
    private static readonly string[] Allowed =
    [
        "pending>confirmed: restaurant admin", "pending>rejected: restaurant admin", "pending>cancelled: customer admin system",
        "pending>expired: system", "confirmed>preparing: restaurant admin system", "confirmed>cancelled: customer admin",
        "preparing>ready: restaurant admin system", "preparing>cancelled: customer admin", "ready>picked_up: driver", "ready>cancelled: admin",
        "picked_up>in_transit: driver", "picked_up>cancelled: admin", "in_transit>delivered: driver", "in_transit>cancelled: admin",
        "delivered>completed: system"
    ];

    [Fact]
    public void No_step_is_open_to_anybody_beyond_the_list()
    {
        string[] actors = [ActorKind.Customer, ActorKind.Restaurant, ActorKind.Driver, ActorKind.Admin, ActorKind.Platform];

        var steps =
            from start in OrderStatus.All
            from end in OrderStatus.All
            let takers = actors.Where(actor => OrderTransitions.Allows(start, end, actor)).ToList()
            where takers.Count > 0
            select $"{start}>{end}: {string.Join(' ', takers.OrderBy(actor => Array.IndexOf(actors, actor)))}";

        Assert.Equal(Allowed.Order(StringComparer.Ordinal), steps.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_status_but_the_first_can_be_reached()
    {
        Assert.Equal(OrderStatus.All.Skip(1).Order(), OrderTransitions.All.Select(step => step.To).Distinct().Order());
    }

    [Theory]
    [InlineData("pending", "confirmed", "restaurant", true)]
    [InlineData("pending", "confirmed", "customer", false)]
    [InlineData("confirmed", "cancelled", "customer", true)]
    [InlineData("preparing", "cancelled", "customer", true)]
    [InlineData("ready", "cancelled", "customer", false)]
    [InlineData("in_transit", "cancelled", "admin", true)]
    [InlineData("ready", "picked_up", "driver", true)]
    [InlineData("ready", "picked_up", "restaurant", false)]
    [InlineData("pending", "expired", "system", true)]
    [InlineData("pending", "expired", "admin", false)]
    public void The_table_says_who_may_do_what(string from, string to, string actor, bool allowed) =>
        Assert.Equal(allowed, OrderTransitions.Allows(from, to, actor));

    [Theory]
    [InlineData("pending", "confirmed", "customer", "INSUFFICIENT_PERMISSIONS")]
    [InlineData("ready", "confirmed", "restaurant", "ORDER_TRANSITION_NOT_ALLOWED")]
    public void A_refusal_tells_never_from_not_now(string from, string to, string actor, string code) =>
        Assert.Equal(code, Assert.Throws<RuleViolatedException>(() => OrderTransitions.Require(from, to, actor)).Code);
}
