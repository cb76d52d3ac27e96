namespace Capsule.EndToEnd.Tests.Cli;

/// <summary>A small static site as a project.</summary>
internal static class Site
{
    public static void Write(CapsuleProgram capsule, string folder)
    {
        capsule.Write($"{folder}/capsule.toml", """
            schema_version = "0.2"
            name = "site"
            version = "1.0.0"
            type = "app"
            default_target = "web"

            [targets.web]
            runtime = "web"
            driver = "static"
            entrypoint = "public"
            port = 8080

            """);
        capsule.Write($"{folder}/public/index.html", "<!doctype html><title>Site</title>\n");
    }
}
