namespace Capsule.Core.Text;

/// <summary>Compares what nodes say, wherever they stand.</summary>
internal static class NodeComparison
{
    /// <summary>True for the same values in the same order, of the same types.</summary>
    public static bool AreSame(Node one, Node other) => (one, other) switch
    {
        (ScalarNode a, ScalarNode b) => a.Kind == b.Kind && Equals(a.Value, b.Value),
        (SequenceNode a, SequenceNode b) => a.Items.Count == b.Items.Count && a.Items.Zip(b.Items).All(p => AreSame(p.First, p.Second)),
        (MappingNode a, MappingNode b) => a.Entries.Count == b.Entries.Count
            && a.Entries.Zip(b.Entries).All(p => p.First.Key == p.Second.Key && AreSame(p.First.Value, p.Second.Value)),
        _ => false,
    };
}
