namespace Capsule.Core.Plans.Assertions;

/// <summary>What an assertion demands of the value at its path (specs: kits 2.3).</summary>
public enum AssertionOperator
{
    Exists,
    NotNull,
    Eq,
    Ne,
    Gte,
    Lte,
    LenEq,
    LenGte,
    LenLte,
    Contains,
}
