using EatFast.Http;
using EatFast.Ordering.Domain;

namespace EatFast.Ordering;

public sealed record TimelineView(string Status, DateTimeOffset Timestamp, string Description, string Actor, string? Reason);

/// <summary>The history of an order in sentences for its readers.</summary>
internal static class Timeline
{
    private static readonly Dictionary<string, (string Fr, string En)> Sentences = new()
    {
        [OrderEvent.Placed] = ("Commande enregistrée, en attente du paiement.", "Order stored, waiting for the payment."),
        [OrderEvent.Released] = ("Commande transmise au restaurant.", "Order sent to the restaurant."),
        [OrderEvent.DriverAssigned] = ("Un livreur a accepté la course.", "A driver accepted the delivery."),
        [OrderEvent.Rated] = ("Le client a donné son avis.", "The customer gave a rating."),
        [OrderEvent.PreparationChanged] = ("Le restaurant a changé le temps de préparation.", "The restaurant changed the preparation time."),
        ["payment_" + PaymentStatus.Authorized] = ("Paiement à la livraison accepté.", "Payment on delivery accepted."),
        ["payment_" + PaymentStatus.Paid] = ("Paiement reçu.", "Payment received."),
        ["payment_" + PaymentStatus.Failed] = ("Le paiement a échoué.", "The payment failed."),
        ["payment_" + PaymentStatus.Refunded] = ("Commande remboursée.", "Order refunded."),
        ["payment_" + PaymentStatus.PartiallyRefunded] = ("Commande remboursée en partie.", "Order refunded in part."),
        [OrderStatus.Confirmed] = ("Le restaurant a accepté la commande.", "The restaurant accepted the order."),
        [OrderStatus.Preparing] = ("La cuisine prépare la commande.", "The kitchen is preparing the order."),
        [OrderStatus.Ready] = ("La commande est prête.", "The order is ready."),
        [OrderStatus.PickedUp] = ("Le livreur a récupéré la commande.", "The driver picked the order up."),
        [OrderStatus.InTransit] = ("Le livreur est en route.", "The driver is on the way."),
        [OrderStatus.Delivered] = ("Commande livrée.", "Order delivered."),
        [OrderStatus.Completed] = ("Commande terminée.", "Order completed."),
        [OrderStatus.Cancelled] = ("Commande annulée.", "Order cancelled."),
        [OrderStatus.Rejected] = ("Le restaurant n'a pas pu accepter la commande.", "The restaurant could not accept the order."),
        [OrderStatus.Expired] = ("Le paiement n'est pas arrivé à temps.", "The payment did not arrive in time.")
    };

    public static IReadOnlyList<TimelineView> Of(Order order, string language) =>
        [.. order.History.OrderBy(change => change.Version).Select(change =>
        {
            var (french, english) = Sentences[change.Kind];
            var sentence = language == Language.English ? english : french;
            return new TimelineView(change.Status, change.At, sentence, change.Actor, change.Reason);
        })];
}
