using static TorchSharp.torch;

namespace CopilotBot.FineTuning;

/// <summary>Texts padded to one length.</summary>
/// <param name="Ids">[texts, tokens], with CLS and SEP.</param>
/// <param name="Mask">[texts, tokens], true for a token; null where no text is padded.</param>
/// <param name="FirstPieces">[texts, words]: token of each word's first piece.</param>
/// <param name="WordMask">[texts, words], true for a word.</param>
/// <param name="Tags">[texts, words].</param>
/// <param name="Intents">[texts].</param>
internal sealed record ExampleBatch(Tensor Ids, Tensor? Mask, Tensor FirstPieces, Tensor WordMask, Tensor Tags, Tensor Intents);
