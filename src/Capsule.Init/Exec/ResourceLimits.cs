using Capsule.Init.Linux;

namespace Capsule.Init.Exec;

/// <summary>Sets soft and hard limits (setrlimit(2)); a value above the present hard limit becomes that one.</summary>
internal static unsafe class ResourceLimits
{
    public static bool Apply(List<(int Resource, ulong Value)> limits)
    {
        foreach (var (resource, value) in limits)
        {
            ResourceLimit limit;
            if (Libc.GetLimit(resource, &limit) != 0)
            {
                return false;
            }

            limit.Hard = Math.Min(limit.Hard, value);
            limit.Soft = limit.Hard;
            if (Libc.SetLimit(resource, &limit) != 0)
            {
                return false;
            }
        }

        return true;
    }
}
