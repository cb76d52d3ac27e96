using System.CommandLine;

namespace Capsule.Cli.Shell;

/// <summary>Arguments and options that several verbs share, worded once.</summary>
internal static class CommonOptions
{
    public static Argument<string> Source() => new("PATH")
    {
        Description = "A folder with a manifest, or the manifest.",
        DefaultValueFactory = _ => ".",
    };

    public static Argument<string> Package() => new("PACKAGE")
    {
        Description = "A folder with a manifest, publisher/slug[@version], a package file, or a repository: ADDRESS[#REF[:FOLDER]].",
        DefaultValueFactory = _ => ".",
    };

    public static Option<string?> Publisher() => new("--publisher") { Description = "The publisher, for example acme.", HelpName = "NAME" };

    public static Option<string?> Version() => new("--version") { Description = "The version where the manifest states none.", HelpName = "VERSION" };

    public static Option<string?> Target() => new("--target") { Description = "Which target of the manifest; its default otherwise.", HelpName = "NAME" };

    public static Option<string[]> Feed() => new("--feed") { Description = "A feed: a folder or the address of a NuGet v3 index. May be repeated.", HelpName = "ADDRESS" };

    public static Option<string?> Trust() => new("--trust") { Description = "A trust file that may only tighten the machine's own.", HelpName = "FILE" };

    public static Option<string[]> Key() => new("--key") { Description = "A key: an id from 'capsule key list', file:PATH, or command:PROGRAM; with ROLE= before it to sign in another role than release. May be repeated.", HelpName = "KEY" };
}
