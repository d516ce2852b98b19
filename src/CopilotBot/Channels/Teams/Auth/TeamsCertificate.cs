using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace CopilotBot.Channels.Teams.Auth;

internal static class TeamsCertificate
{
    /// <summary>Null where the file cannot be read, the password is not right, or there is no private key in it.</summary>
    public static X509Certificate2? TryLoad(string file, string? password)
    {
        try
        {
            var certificate = X509CertificateLoader.LoadPkcs12FromFile(file, password);
            if (certificate.HasPrivateKey)
            {
                return certificate;
            }

            certificate.Dispose();
            return null;
        }
        catch (Exception exception) when (exception is CryptographicException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }
}
