import Testing

@testable import LancetCore

@Suite struct SHA256Tests {
  private func hex(_ text: String) -> String {
    Array(text.utf8).withUnsafeBytes { SHA256.hex(of: $0) }
  }

  @Test func `the published examples come out`() {
    #expect(hex("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
    #expect(hex("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    #expect(
      hex("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq")
        == "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1")
    #expect(
      hex(String(repeating: "a", count: 1_000_000))
        == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
  }

  @Test(arguments: [1, 3, 55, 56, 63, 64, 65, 127, 200])
  func `pieces of any size give the same digest`(piece: Int) {
    let bytes = (0..<1000).map { UInt8(truncatingIfNeeded: $0 &* 7) }
    var digest = SHA256()
    for first in stride(from: 0, to: bytes.count, by: piece) {
      Array(bytes[first..<min(first + piece, bytes.count)]).withUnsafeBytes { digest.update($0) }
    }
    #expect(digest.hexDigest() == bytes.withUnsafeBytes { SHA256.hex(of: $0) })
  }
}
