using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Capsule.Build.Tasks;
using Capsule.Core.Diagnostics;
using Microsoft.Build.Framework;

namespace Capsule.Tasks.Tests.Sdk;

/// <summary>The target files keep to their shape: see specs/style.md.</summary>
[TestClass]
public class Shapes
{
    /// <summary>These write nothing into the build's folders, or are asked for by name.</summary>
    private static readonly string[] AlwaysRun = ["ReplayDiagnostics", "PushPackage", "RunCases", "CanonicalizeAtoms"];

    private static IEnumerable<Type> Tasks => typeof(CapsuleTask).Assembly.GetTypes().Where(t => t is { IsPublic: true, IsAbstract: false } && t.IsAssignableTo(typeof(ITask)));

    [TestMethod]
    public void EveryTaskIsDeclaredForTheNetRuntimeAndUsed()
    {
        var declared = SdkFiles.All.SelectMany(d => d.Descendants("UsingTask")).ToArray();

        CollectionAssert.AreEquivalent(Tasks.Select(t => t.FullName).ToArray(), declared.Select(u => u.Attribute("TaskName")!.Value).ToArray());
        Assert.IsTrue(declared.All(u => u.Attribute("Runtime")!.Value == "NET" && u.Attribute("Architecture")!.Value == "*"));
        foreach (var task in Tasks)
        {
            Assert.IsTrue(Calls(task.Name).Any(), $"No target calls {task.Name}.");
        }
    }

    [TestMethod]
    public void EveryCallGivesWhatTheTaskRequiresAndNothingItLacks()
    {
        foreach (var task in Tasks)
        {
            var parameters = task.GetProperties(BindingFlags.Public | BindingFlags.Instance).ToDictionary(p => p.Name);
            foreach (var call in Calls(task.Name))
            {
                foreach (var attribute in call.Attributes().Where(a => a.Name.LocalName != "Condition"))
                {
                    Assert.IsTrue(parameters.ContainsKey(attribute.Name.LocalName), $"{task.Name} has no parameter {attribute.Name}.");
                }

                foreach (var required in parameters.Values.Where(p => p.GetCustomAttribute<RequiredAttribute>() is not null))
                {
                    Assert.IsNotNull(call.Attribute(required.Name), $"{task.Name} requires {required.Name}.");
                }
            }
        }
    }

    [TestMethod]
    public void EveryTaskMayShareItsProcess()
    {
        foreach (var task in Tasks)
        {
            Assert.IsTrue(task.GetCustomAttributes().Any(a => a.GetType().FullName == "Microsoft.Build.Framework.MSBuildMultiThreadableTaskAttribute"), task.Name);
        }
    }

    [TestMethod]
    public void EveryTargetThatWritesHasInputsAndOutputs()
    {
        var writing = Tasks.Select(t => t.Name).Except(AlwaysRun).Append("Copy");

        foreach (var target in SdkFiles.Targets.Where(t => t.Elements().Any(e => writing.Contains(e.Name.LocalName))))
        {
            Assert.IsNotNull(target.Attribute("Inputs"), $"{target.Attribute("Name")!.Value} has no Inputs.");
            Assert.IsNotNull(target.Attribute("Outputs"), $"{target.Attribute("Name")!.Value} has no Outputs.");
        }
    }

    [TestMethod]
    public void EveryPublicTargetSaysWhatItTakesAndGives()
    {
        foreach (var target in SdkFiles.Targets.Where(t => t.Attribute("Name")!.Value.StartsWith("Capsule", StringComparison.Ordinal) || t.Attribute("Name")!.Value is "Pack" or "VSTest" or "ComputeRunArguments"))
        {
            var banner = (target.PreviousNode as XComment)?.Value ?? "";
            foreach (var word in new[] { target.Attribute("Name")!.Value + ":", "IN ", "OUT ", "RUNS " })
            {
                StringAssert.Contains(banner, word, $"The comment before {target.Attribute("Name")!.Value}");
            }
        }
    }

    [TestMethod]
    [DataRow("CAP9001")]
    [DataRow("CAP9002")]
    [DataRow("CAP9003")]
    [DataRow("CAP9004")]
    [DataRow("CAP9005")]
    [DataRow("CAP9006")]
    [DataRow("CAP9007")]
    [DataRow("CAP9008")]
    [DataRow("CAP9020")]
    [DataRow("CAP9056")]
    [DataRow("CAP9064")]
    [DataRow("CAP9009")]
    [DataRow("CAP9010")]
    public void EveryRefusalInXmlIsTheTablesText(string code)
    {
        var kind = typeof(SdkDiagnostics).GetFields().Select(f => (DiagnosticKind)f.GetValue(null)!).Single(k => k.Code == code);
        var error = SdkFiles.All.SelectMany(d => d.Descendants().Where(e => e.Name.LocalName is "Error" or "Warning")).Single(e => e.Attribute("Code")!.Value == code);

        var text = "^" + Regex.Replace(Regex.Escape($"{kind.Message} {kind.Hint}"), @"\\\{\d}", ".+") + "$";

        StringAssert.Matches(error.Attribute("Text")!.Value, new Regex(text));
        StringAssert.EndsWith(error.Attribute("HelpLink")!.Value, code.ToLowerInvariant());
    }

    private static IEnumerable<XElement> Calls(string task) => SdkFiles.Targets.SelectMany(t => t.Elements(task));
}
