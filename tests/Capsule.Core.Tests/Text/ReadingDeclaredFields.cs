using Capsule.Core.Diagnostics;
using Capsule.Core.Schemas;
using Capsule.Core.Text;
using static Capsule.Core.Tests.Text.Documents;

namespace Capsule.Core.Tests.Text;

/// <summary>With a shape, a reader reads what is declared, neither more nor less, and in the declared way.</summary>
[TestClass]
public class ReadingDeclaredFields
{
    private static readonly TableShape Shape = new("service", "A service.",
    [
        new("name", TextShape.Any, "Its name.") { Required = true },
        new("port", new IntegerShape(1, 65535), "Where it listens."),
        new("mode", TextShape.OneOf("fast", "slow"), "How it works."),
        FieldShape.Removed("speed", "mode"),
    ]);

    private readonly List<Diagnostic> _problems = [];

    [TestMethod]
    public void RangesChoicesAndKnownKeysComeFromTheShape()
    {
        var at = Open("name: a\nport: 70000\nmode: fats\nprot: 1\n");
        at.RequiredString("name");
        at.DeclaredInteger("port");
        at.DeclaredChoice("mode");
        at.Ignore("speed");
        at.RefuseUnknown();

        CollectionAssert.AreEqual(new[] { "OutOfRange 1 65535", "NotAllowed Did you mean 'fast'?", "Unknown Did you mean 'port'?" }, Said());
        Assert.AreEqual("mode", at.Instead("speed"));
    }

    [TestMethod]
    public void AKeyThatIsNotDeclaredCannotBeRead() =>
        Throws("'color' is read but not declared", at => at.String("color"));

    [TestMethod]
    public void ADeclaredKeyCannotBeForgotten() => Throws("'mode' is declared in the shape 'service' but not read", at =>
    {
        at.RequiredString("name");
        at.DeclaredInteger("port");
        at.RefuseUnknown();
    });

    [TestMethod]
    public void WhatIsNotRequiredCannotBeDemanded() =>
        Throws("'port' is demanded but not declared as required", at => at.RequiredInteger("port"));

    [TestMethod]
    public void AFieldIsReadAsWhatItIsDeclared()
    {
        Throws("'name' is not declared as an integer", at => at.DeclaredInteger("name"));
        Throws("'port' is not declared as a choice", at => at.DeclaredChoice("port"));
        Throws("'mode' is not declared as removed", at => at.Instead("mode"));
    }

    private static FieldKinds Kinds { get; } = new()
    {
        WrongType = new("T1", Severity.Error, "WrongType {1}", "."),
        Unknown = new("T2", Severity.Error, "Unknown {2}", "."),
        Missing = new("T3", Severity.Error, "Missing {2}", "."),
        NotAllowed = new("T4", Severity.Error, "NotAllowed {3}", "."),
        OutOfRange = new("T5", Severity.Error, "OutOfRange {2} {3}", "."),
    };

    private FieldReader Open(string yaml) => FieldReader.Root(Yaml(yaml), Kinds, _problems, Shape)!;

    private string[] Said() => [.. _problems.Select(p => p.Message)];

    private void Throws(string message, Action<FieldReader> read) =>
        StringAssert.Contains(Assert.ThrowsExactly<InvalidOperationException>(() => read(Open("name: a\n"))).Message, message);
}
