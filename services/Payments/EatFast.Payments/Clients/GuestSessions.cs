using System.Security.Claims;
using System.Text.Encodings.Web;
using EatFast.Errors;
using EatFast.Identity.Contracts.V1;
using Grpc.Core;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using IdentityClient = EatFast.Identity.Contracts.V1.Identity.IdentityClient;

namespace EatFast.Payments.Clients;

/// <summary>Lets a guest session pay like an account does. Its id is the guest's only proof, so Identity is asked and nothing is kept.</summary>
internal sealed class GuestSessions(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, IdentityClient identity)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string Name = "GuestSession";
    public const string Header = "X-Guest-Session";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var session = Request.Headers[Header].ToString();
        // Whoever brings a token is who the token says, or nobody.
        if (session.Length is 0 or > 100 || Request.Headers.Authorization.Count > 0)
            return AuthenticateResult.NoResult();
        try
        {
            var guest = await identity.GetGuestSessionAsync(
                new GetGuestSessionRequest { SessionId = session }, cancellationToken: Context.RequestAborted);
            var claims = new ClaimsIdentity([new("sub", guest.GuestId), new("role", Payers.Guest)], Name, "sub", "role");
            return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(claims), Name));
        }
        catch (Exception unknown) when (unknown is RuleViolatedException or RpcException { StatusCode: StatusCode.NotFound })
        {
            throw new RuleViolatedException("GUEST_SESSION_EXPIRED");
        }
    }
}
