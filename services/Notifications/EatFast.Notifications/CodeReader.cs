using EatFast.Identity.Contracts;
using EatFast.Security;

namespace EatFast.Notifications;

/// <summary>Opens what Identity sealed for the sender of its codes.</summary>
internal sealed class CodeReader(IConfiguration configuration, WebLinks links)
{
    private readonly FieldCipher _cipher = FieldCipher.From(configuration, CodeSeal.Purpose);

    public string Address(CodeIssued issued) => _cipher.Open(issued.SealedAddress, CodeSeal.Place("address", issued.CodeId));

    public string Code(CodeIssued issued) => _cipher.Open(issued.SealedCode, CodeSeal.Place("code", issued.CodeId));

    public string Link(CodeIssued issued) => issued.SealedToken is { } token
        ? links.To(
            issued.Purpose == "verification" ? "verify-email" : "reset-password", _cipher.Open(token, CodeSeal.Place("token", issued.CodeId)))
        : "";
}
