using Google.Protobuf;

namespace CopilotBot.Inference;

/// <summary>
/// Looks at an ONNX file (onnx.proto3) before the runtime does. Refused are tensors that lie in other files, which could name any path of this machine,
/// operators of other domains than the standard's and ONNX Runtime's own, and models without the inputs and outputs of their role.
/// </summary>
internal static class OnnxModelCheck
{
    /// <summary>Graphs inside graphs; real models have one or two, and a crafted file must not exhaust the stack.</summary>
    private const int MaximumDepth = 16;

    private static readonly HashSet<string> Domains = ["", "ai.onnx", "com.microsoft"];

    private static readonly HashSet<string> Inputs = ["input_ids", "attention_mask", "token_type_ids"];

    /// <summary>For each role alternatives of outputs, the first names that are there are used.</summary>
    private static readonly Dictionary<ModelRole, string[][]> Outputs = new()
    {
        [ModelRole.Encoder] = [["token_embeddings"], ["last_hidden_state"]],
        [ModelRole.CrossEncoder] = [["relevance"], ["logits"]],
        [ModelRole.Tagger] = [["intent_logits", "slot_logits"], ["token_states"]],
    };

    /// <exception cref="ModelException">The model is refused; the message says why.</exception>
    public static void Check(byte[] model, ModelEntry entry)
    {
        var found = new Found();
        try
        {
            foreach (var (field, value) in OnnxValue.Fields(model, 0, model.Length))
            {
                switch (field)
                {
                    case 7:
                        ReadGraph(model, value, found, depth: 0);
                        break;
                    case 25:
                        found.Problem ??= "it defines functions of its own";
                        break;
                    default:
                        break;
                }
            }
        }
        catch (Exception exception) when (exception is InvalidProtocolBufferException or InvalidOperationException)
        {
            throw Refuse(entry, "it is not an ONNX model", exception);
        }

        var problem = !found.HasGraph ? "it is not an ONNX model"
            : found.Problem ?? FindMismatch(found, entry.Role);
        if (problem is not null)
        {
            throw Refuse(entry, problem, null);
        }
    }

    private static string? FindMismatch(Found found, ModelRole role)
    {
        var inputs = found.Inputs.Except(found.Initializers).ToList();
        if (inputs.Except(Inputs).FirstOrDefault() is { } unknown)
        {
            return $"it wants an input '{unknown}'";
        }

        return !inputs.Contains("input_ids") || !inputs.Contains("attention_mask") ? "it has no inputs input_ids and attention_mask"
            : !Outputs[role].Any(names => names.All(found.Outputs.Contains)) ? $"it has no output {string.Join(" or ", Outputs[role].Select(names => string.Join(" with ", names)))}"
            : null;
    }

    private static ModelException Refuse(ModelEntry entry, string problem, Exception? cause) =>
        new($"The model file '{entry.PathOf(ModelEntry.Network)}' is refused as {entry.Role}, because {problem}: export it again, or name another model in the settings under Models.", cause);

    /// <summary>GraphProto: 1 node, 5 initializer, 11 input, 12 output, 15 sparse_initializer.</summary>
    private static void ReadGraph(byte[] model, OnnxValue graph, Found found, int depth)
    {
        if (depth > MaximumDepth)
        {
            found.Problem ??= "its graphs are nested too deep";
            return;
        }

        found.HasGraph = true;
        foreach (var (field, value) in graph.Fields(model))
        {
            switch (field)
            {
                case 1:
                    ReadNode(model, value, found, depth);
                    break;
                case 5:
                    ReadTensor(model, value, found);
                    break;
                case 11 when depth == 0:
                    found.Inputs.Add(value.NameIn(model, 1));
                    break;
                case 12 when depth == 0:
                    found.Outputs.Add(value.NameIn(model, 1));
                    break;
                case 15:
                    foreach (var (part, tensor) in value.Fields(model))
                    {
                        if (part is 1 or 2)
                        {
                            ReadTensor(model, tensor, found);
                        }
                    }

                    break;
                default:
                    break;
            }
        }
    }

    /// <summary>NodeProto: 4 op_type, 5 attribute, 7 domain. AttributeProto: 5 t, 6 g, 10 tensors, 11 graphs.</summary>
    private static void ReadNode(byte[] model, OnnxValue node, Found found, int depth)
    {
        foreach (var (field, value) in node.Fields(model))
        {
            if (field == 7 && value.Text(model) is var domain && !Domains.Contains(domain))
            {
                found.Problem ??= $"it uses the custom operator {node.NameIn(model, 4)} of '{domain}'";
            }

            foreach (var (part, inner) in field == 5 ? value.Fields(model) : [])
            {
                if (part is 5 or 10)
                {
                    ReadTensor(model, inner, found);
                }
                else if (part is 6 or 11)
                {
                    ReadGraph(model, inner, found, depth + 1);
                }
            }
        }
    }

    /// <summary>TensorProto: 8 name, 13 external_data, 14 data_location (1 is EXTERNAL).</summary>
    private static void ReadTensor(byte[] model, OnnxValue tensor, Found found)
    {
        foreach (var (field, value) in tensor.Fields(model))
        {
            if (field == 8)
            {
                found.Initializers.Add(value.Text(model));
            }

            if (field == 13 || (field == 14 && value.Number == 1))
            {
                found.Problem ??= "it keeps tensors in other files";
            }
        }
    }

    private sealed class Found
    {
        public bool HasGraph { get; set; }

        public string? Problem { get; set; }

        public HashSet<string> Inputs { get; } = [];

        public HashSet<string> Outputs { get; } = [];

        public HashSet<string> Initializers { get; } = [];
    }
}
