// These tests run workloads, which only the Linux backend does.
[assembly: System.Runtime.Versioning.SupportedOSPlatform("linux")]
