namespace CopilotBot.FakeSlack;

/// <summary>What is wrong with the signature of a request (facts §1.1).</summary>
public enum SignatureFault
{
    None,
    WrongSecret,

    /// <summary>Signed for a body that differs by one byte.</summary>
    OtherBody,

    /// <summary>Begins with <c>v1=</c>.</summary>
    OtherVersion,
    NoSignature,
    NoTimestamp,

    /// <summary>301 seconds old, and signed so.</summary>
    Stale,

    /// <summary>301 seconds ahead, and signed so.</summary>
    Future,
}
