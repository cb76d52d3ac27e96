using Capsule.Core.Diagnostics;
using Capsule.Families.Kits.Model;

namespace Capsule.Families.Kits.Composition;

/// <summary>The Kits from the one that runs to the one that is read, and how many there are in all: it ends, whatever they depend on.</summary>
internal sealed class KitChain
{
    private const int Deepest = 16;
    private const int Most = 128;

    private readonly List<string> _folders = [];
    private int _count;

    public void Begin(string project)
    {
        _folders.Add(project);
        _count++;
    }

    /// <summary>False when the Kit is one of those that it would be a part of, too far away, or one too many.</summary>
    public bool Enter(string id, Dependency dependency, string folder, List<Diagnostic> problems)
    {
        var circle = _folders.IndexOf(folder);
        if (circle >= 0)
        {
            var names = _folders.Skip(circle).Append(folder).Select(f => $"'{Path.GetFileName(f)}'");
            problems.Add(CompositionDiagnostics.Circle.At(dependency.Id.Span, string.Join(" -> ", names)));
            return false;
        }

        if (_folders.Count > Deepest)
        {
            problems.Add(CompositionDiagnostics.TooDeep.At(dependency.Id.Span, id, _folders.Count, Deepest));
            return false;
        }

        _count++;
        if (_count > Most)
        {
            // Said once, whatever the number.
            if (_count == Most + 1)
            {
                problems.Add(CompositionDiagnostics.TooMany.At(dependency.Id.Span, Most));
            }

            return false;
        }

        _folders.Add(folder);
        return true;
    }

    public void Leave() => _folders.RemoveAt(_folders.Count - 1);
}
