using EatFast.Http;
using EatFast.Notifications.Data;
using EatFast.Notifications.Domain;
using EatFast.Security;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Notifications.Features;

/// <summary>What a user wants to hear; without a choice, the defaults.</summary>
internal static class GetPreferences
{
    public static void Map(IEndpointRouteBuilder notifications) => notifications
        .MapGet("/preferences", Handle)
        .WithName(nameof(GetPreferences))
        .WithSummary("Get my notification preferences");

    internal static async Task<Ok<Envelope<PreferencesView>>> Handle(CurrentUser user, NotificationsDbContext db, CancellationToken ct)
    {
        var preferences = await db.Preferences.AsNoTracking().SingleOrDefaultAsync(row => row.UserId == user.Id, ct);
        return Answer.Ok(PreferencesView.Of(preferences ?? Preferences.DefaultsOf(user.Id)));
    }
}
