using System.Reflection;

namespace CopilotBot.Tests.Sync;

/// <summary>Stands between the pipeline and what it writes to, and breaks at the n-th write: before it on even numbers, behind it on odd ones.</summary>
internal sealed class Fuse
{
    private static readonly HashSet<string> Writes = ["ApplyAsync", "Save", "SavePending", "Remove", "ReplaceDirectory", "AddSet", "AddLayers", "ChangeLayers", "SaveItems", "RemoveItems"];

    private int _left = int.MaxValue;

    /// <summary>Names of the writes that happened.</summary>
    public List<string> Log { get; } = [];

    public void BreakAt(int step) => _left = step;

    public T Guard<T>(T target)
        where T : class
    {
        var proxy = DispatchProxy.Create<T, Proxy>();
        ((Proxy)(object)proxy).Set(this, target);
        return proxy;
    }

    private void Pass(string write)
    {
        if (_left-- == 0)
        {
            throw new InvalidOperationException($"The process was killed around {write}.");
        }
    }

#pragma warning disable CA1852 // DispatchProxy derives from it
    public class Proxy : DispatchProxy
    {
        private Fuse _fuse = new();

        private object _target = new();

        internal void Set(Fuse fuse, object target) => (_fuse, _target) = (fuse, target);

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
        {
            ArgumentNullException.ThrowIfNull(targetMethod);
            var isWrite = Writes.Contains(targetMethod.Name);
            if (isWrite)
            {
                _fuse.Pass(targetMethod.Name);
            }

            var result = targetMethod.Invoke(_target, BindingFlags.DoNotWrapExceptions, null, args, null);
            if (isWrite)
            {
                (result as Task)?.GetAwaiter().GetResult();
                _fuse.Log.Add($"{targetMethod.DeclaringType!.Name}.{targetMethod.Name}");
                _fuse.Pass(targetMethod.Name);
            }

            return result;
        }
    }
#pragma warning restore CA1852
}
