using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace CopilotBot.FakeIdentity;

/// <summary>One key pair and what its issuer publishes of it.</summary>
/// <param name="Endorsements">Channels that the key speaks for (facts 1.2, check 6); null publishes none.</param>
/// <param name="Certificate">Published as "x5c", which the real keys have too; null publishes modulus and exponent alone.</param>
public sealed record SigningKey(string KeyId, RSA Rsa, IReadOnlyList<string>? Endorsements, string? Certificate)
{
    public static SigningKey Create(string keyId, IReadOnlyList<string>? endorsements, bool hasCertificate = false)
    {
        var rsa = RSA.Create(2048);
        return new SigningKey(keyId, rsa, endorsements, hasCertificate ? SelfSigned(rsa) : null);
    }

    internal Dictionary<string, object> Publish()
    {
        var parameters = Rsa.ExportParameters(includePrivateParameters: false);
        Dictionary<string, object> key = new()
        {
            ["kty"] = "RSA",
            ["use"] = "sig",
            ["kid"] = KeyId,
            ["n"] = System.Buffers.Text.Base64Url.EncodeToString(parameters.Modulus),
            ["e"] = System.Buffers.Text.Base64Url.EncodeToString(parameters.Exponent),
        };
        if (Certificate is not null)
        {
            key["x5c"] = new[] { Certificate };
        }

        if (Endorsements is not null)
        {
            key["endorsements"] = Endorsements;
        }

        return key;
    }

    private static string SelfSigned(RSA rsa)
    {
        using var certificate = new CertificateRequest("CN=fake issuer", rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            .CreateSelfSigned(new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero), new DateTimeOffset(2099, 1, 1, 0, 0, 0, TimeSpan.Zero));
        return Convert.ToBase64String(certificate.Export(X509ContentType.Cert));
    }
}
