using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace CopilotBot.Tests.Architecture;

/// <summary>Reads from a compiled assembly which of its types name which others: base types, members, attributes, locals and method bodies.</summary>
internal static class AssemblyReferences
{
    public static IReadOnlyList<TypeReference> Read(Assembly assembly)
    {
        using var stream = File.OpenRead(assembly.Location);
        using var file = new PEReader(stream);
        var metadata = file.GetMetadataReader();
        return [.. metadata.TypeDefinitions.SelectMany(handle => ReadType(file, metadata, handle)).Distinct()];
    }

    private static IEnumerable<TypeReference> ReadType(PEReader file, MetadataReader metadata, TypeDefinitionHandle handle)
    {
        var type = metadata.GetTypeDefinition(handle);
        var names = new NamedTypes(metadata);
        var from = names.NameOf(handle);
        AddIfAny(names, type.BaseType);
        foreach (var contract in type.GetInterfaceImplementations())
        {
            names.AddEntity(metadata.GetInterfaceImplementation(contract).Interface);
        }

        foreach (var attribute in type.GetCustomAttributes())
        {
            names.AddEntity(metadata.GetCustomAttribute(attribute).Constructor);
        }

        foreach (var field in type.GetFields())
        {
            metadata.GetFieldDefinition(field).DecodeSignature(names, null);
        }

        foreach (var method in type.GetMethods().Select(metadata.GetMethodDefinition))
        {
            method.DecodeSignature(names, null);
            if (method.RelativeVirtualAddress != 0)
            {
                ReadBody(file.GetMethodBody(method.RelativeVirtualAddress), metadata, names);
            }
        }

        return names.Names.Where(to => to != from).Select(to => new TypeReference(from, to));
    }

    private static void ReadBody(MethodBodyBlock body, MetadataReader metadata, NamedTypes names)
    {
        foreach (var token in OperandSizes.Tokens(body.GetILBytes() ?? []))
        {
            AddIfAny(names, MetadataTokens.EntityHandle(token));
        }

        foreach (var region in body.ExceptionRegions)
        {
            AddIfAny(names, region.CatchType);
        }

        if (!body.LocalSignature.IsNil)
        {
            metadata.GetStandaloneSignature(body.LocalSignature).DecodeLocalSignature(names, null);
        }
    }

    private static void AddIfAny(NamedTypes names, EntityHandle handle)
    {
        if (!handle.IsNil)
        {
            names.AddEntity(handle);
        }
    }
}
