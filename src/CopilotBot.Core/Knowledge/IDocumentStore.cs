namespace CopilotBot.Knowledge;

/// <summary>Documents as last indexed, to open a cited page and to re-check what is about to be cited.</summary>
public interface IDocumentStore
{
    Document? Find(DocumentId id);

    /// <summary>Access set, title, URL and age of documents, without their text; unknown ids are left out.</summary>
    IReadOnlyDictionary<DocumentId, DocumentHeader> GetHeaders(IReadOnlyCollection<DocumentId> ids);

    /// <summary>Headers of all documents of a source, for reconciling.</summary>
    IReadOnlyList<DocumentHeader> GetHeaders(SourceName source);

    void Save(IReadOnlyList<Document> documents);

    /// <summary>Gives stored documents other readers, without reading or writing their text; unknown ids are left out.</summary>
    void ChangeLayers(IReadOnlyDictionary<DocumentId, IReadOnlyList<LayerId>> layers);

    void Remove(IReadOnlyList<DocumentId> ids);
}
