namespace EatFast.Delivery.Data;

/// <summary>Gives deliveries from before there were timers the ones that they would have today.</summary>
public static class ProcessRules
{
    public const string Sql = """
        INSERT INTO delivery.delivery_timers (id, delivery_id, kind, due_at)
        SELECT gen_random_uuid(), id, 'offer', now() FROM delivery.deliveries WHERE status = 'pending';

        INSERT INTO delivery.delivery_timers (id, delivery_id, kind, due_at)
        SELECT gen_random_uuid(), id, 'no_driver', ready_at + interval '20 minutes'
        FROM delivery.deliveries WHERE status = 'pending' AND ready_at IS NOT NULL;
        """;
}
