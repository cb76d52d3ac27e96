using System.Net;
using Capsule.Runtime.Network;

namespace Capsule.Runtime.Tests.Network;

/// <summary>The answers of the cell's name server, byte by byte.</summary>
[TestClass]
public class NameAnswers
{
    private static readonly Dictionary<string, IPAddress> Hosts = new(StringComparer.OrdinalIgnoreCase) { ["api.test"] = IPAddress.Parse("127.77.0.5") };
    private readonly List<string> _refused = [];

    [TestMethod]
    public void AGrantedHostHasItsAddressInside()
    {
        var answer = Ask(Query("API.test", 1))!;
        CollectionAssert.AreEqual(new byte[] { 0xAB, 0xCD, 0x85, 0x80, 0, 1, 0, 1, 0, 0, 0, 0 }, answer[..12]);
        CollectionAssert.AreEqual(new byte[] { 0xC0, 12, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, 127, 77, 0, 5 }, answer[^16..]);
        Assert.IsEmpty(_refused);
    }

    [TestMethod]
    public void AGrantedHostHasNoOtherRecord()
    {
        var answer = Ask(Query("api.test", 28))!;
        Assert.AreEqual((0x80, 0), (answer[3], answer[7]), "no error, no record");
        Assert.IsEmpty(_refused);
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(28)]
    public void EveryOtherNameDoesNotExistAndIsReported(int type)
    {
        Assert.AreEqual(0x83, Ask(Query("evil.test", type))![3]);
        Assert.AreEqual("evil.test", _refused.Single());
    }

    [TestMethod]
    public void WhatIsNoLookupOfAnAddressIsNotReported()
    {
        Assert.AreEqual(0x83, Ask(Query("1.0.0.127.in-addr.arpa", 12))![3]);
        Assert.IsEmpty(_refused);
    }

    [TestMethod]
    public void WhatIsNoQueryIsNotAnswered()
    {
        var query = Query("api.test", 1);
        for (var length = 0; length < query.Length; length++)
        {
            Assert.IsNull(Ask(query[..length]), $"{length} bytes");
        }

        Assert.IsNull(Ask([0xAB, 0xCD, 0x80, .. query[3..]]), "an answer");
        Assert.IsNull(Ask([.. query[..4], 0, 2, .. query[6..]]), "two questions");
        Assert.IsNull(Ask([.. query[..12], 0xC0, 12, .. query[^4..]]), "a name that points to itself");
        Assert.IsNull(Ask([.. query[..12], 0, .. query[^4..]]), "no name");
        var random = new Random(7);
        for (var round = 0; round < 5_000; round++)
        {
            var damaged = query.ToArray();
            damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            Ask(damaged);
        }
    }

    private static byte[] Query(string name, int type) =>
        [0xAB, 0xCD, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, .. name.Split('.').SelectMany(l => l.Select(c => (byte)c).Prepend((byte)l.Length)), 0, 0, (byte)type, 0, 1];

    private byte[]? Ask(byte[] query) => NameServer.Answer(query, Hosts, _refused.Add);
}
