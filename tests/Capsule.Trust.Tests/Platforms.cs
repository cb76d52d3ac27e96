using System.Runtime.Versioning;

// File modes and signer scripts are those of unix.
[assembly: UnsupportedOSPlatform("windows")]
