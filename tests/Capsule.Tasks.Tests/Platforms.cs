// These tests run programs in the place of others, which takes file modes.
[assembly: System.Runtime.Versioning.SupportedOSPlatform("linux")]
