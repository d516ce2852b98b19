namespace CopilotBot.Sources.Http;

/// <summary>Why a call to a source brought nothing.</summary>
public enum SourceFault
{
    /// <summary>400, 409, 422: the call itself is not accepted.</summary>
    Refused,

    /// <summary>401: the credential is not accepted.</summary>
    Unauthorized,

    /// <summary>403.</summary>
    Forbidden,

    /// <summary>404.</summary>
    NotFound,

    /// <summary>410: gone for good, or an API that was switched off.</summary>
    Gone,

    /// <summary>5xx, no answer, or an answer that ends in the middle, after several tries.</summary>
    Unavailable,

    /// <summary>The answer is larger than what is read of one.</summary>
    TooLarge,
}
