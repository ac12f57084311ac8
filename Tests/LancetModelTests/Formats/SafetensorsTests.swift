// The strict reading of safetensors headers, against the catalogue of broken files.

import LancetCore
import Testing

@testable import LancetModel

@Suite struct SafetensorsTests {
  private func header(_ text: String, data: Int = 16) throws -> SafetensorsHeader {
    try SafetensorsHeader(header: Array(text.utf8), dataSize: data, path: "f")
  }

  private let good =
    #"{"__metadata__":{"format":"pt"},"b":{"dtype":"F32","shape":[2],"data_offsets":[8,16]},"a":{"dtype":"BF16","shape":[2,2],"data_offsets":[0,8]}}   "#

  @Test func `tensors come in the order of their numbers`() throws {
    let header = try header(good)
    #expect(header.tensors.map(\.name) == ["a", "b"])
    #expect(header.tensors[0].shape == [2, 2] && header.tensors[1].range == 8..<16)
  }

  @Test(arguments: [
    ("[]", 16, "does not begin with {"),
    ("{\"a\":", 16, "byte 5"),
    (#"{"a":{"dtype":"F32","shape":[4],"data_offsets":[0,16]}} x"#, 16, "follows"),
    (
      #"{"a":{"dtype":"F32","shape":[4],"data_offsets":[0,16]},"a":{"dtype":"F32","shape":[0],"data_offsets":[16,16]}}"#,
      16, "twice"
    ),
    (#"{"a":{"dtype":"F32","dtype":"F32","shape":[4],"data_offsets":[0,16]}}"#, 16, "twice"),
    (
      #"{"__metadata__":{"format":1},"a":{"dtype":"F32","shape":[4],"data_offsets":[0,16]}}"#, 16,
      "expected"
    ),
    (#"{"a":{"dtype":"F32","shape":[4],"data_offsets":[16,0]}}"#, 16, "before it begins"),
    (
      #"{"a":{"dtype":"F32","shape":[3],"data_offsets":[0,12]},"b":{"dtype":"F32","shape":[2],"data_offsets":[8,16]}}"#,
      16, "overlaps"
    ),
    (
      #"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"b":{"dtype":"F32","shape":[2],"data_offsets":[8,16]}}"#,
      16, "hole"
    ),
    (#"{"a":{"dtype":"F32","shape":[5],"data_offsets":[0,20]}}"#, 16, "but the data has 16"),
    (#"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}"#, 16, "8 bytes follow"),
    (#"{"a":{"dtype":"F32","shape":[3],"data_offsets":[0,16]}}"#, 16, "need 12"),
    (
      #"{"a":{"dtype":"F32","shape":[4294967296,4294967296],"data_offsets":[0,16]}}"#, 16,
      "too large"
    ),
    (
      #"{"a":{"dtype":"F32","shape":[1,1,1,1,1,1,1,1,4],"data_offsets":[0,16]}}"#, 16,
      "9 dimensions"
    ),
    (#"{"a":{"dtype":"F31","shape":[4],"data_offsets":[0,16]}}"#, 16, "unknown type"),
    (#"{"a":{"dtype":"F32","shape":[-4],"data_offsets":[0,16]}}"#, 16, "whole number"),
    (#"{"a":{"dtype":"F32","shape":[4.0],"data_offsets":[0,16]}}"#, 16, "whole number"),
    (
      #"{"a":{"dtype":"F32","shape":[99999999999999999999],"data_offsets":[0,16]}}"#, 16,
      "too large"
    ),
    (#"{"a":{"dtype":"F32","shape":[4]}}"#, 16, "lacks a field"),
    (#"{"a":{"dtype":"F32","shape":[4],"data_offsets":[0,16,3]}}"#, 16, "more than two"),
    (#"{}"#, 16, "16 bytes follow"),
  ])
  func `a broken header is refused with its fault`(text: String, data: Int, word: String) {
    let sentence = refusal { _ = try header(text, data: data) }
    #expect(sentence?.contains(word) == true, "\(sentence ?? "accepted")")
  }

  @Test(
    arguments: [
      ([], "the file is empty"), ([1, 2, 3], "fewer than a header length"),
      ([0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7B], "18446744073709551615"),
      ([9, 0, 0, 0, 0, 0, 0, 0, 0x7B], "9 bytes"),
      ([0, 0, 0, 8, 0, 0, 0, 0, 0x7B], "134217728"),
    ] as [([UInt8], String)])
  func `a length that cannot be is refused before memory is taken`(bytes: [UInt8], word: String)
    throws
  {
    let folder = try TestFolder()
    try folder.write("model.safetensors", bytes)
    let sentence = refusal {
      _ = try SafetensorsHeader(FolderFile(folder: folder.path, name: "model.safetensors"))
    }
    #expect(sentence?.contains(word) == true, "\(sentence ?? "accepted")")
  }

  @Test func `no mutation of a header crashes, and none that is read breaks the rules`() {
    var random = SeededGenerator(state: 2)
    var read = 0
    for _ in 0..<5000 {
      let bytes = mutated(Array(good.utf8), &random)
      guard let header = try? SafetensorsHeader(header: bytes, dataSize: 16, path: "f") else {
        continue
      }
      read += 1
      #expect(header.tensors.map(\.range.count).reduce(0, +) == 16)
    }
    #expect(read < 5000)
  }

  @Test func `every half-precision number becomes the same fp32`() {
    // Against the definition: sign, exponent, fraction.
    for bits in UInt16.min...UInt16.max {
      let exponent = Int(bits >> 10 & 31)
      let fraction = Double(bits & 1023) / 1024
      let sign: Double = bits >> 15 == 1 ? -1 : 1
      let value = float(half: bits)
      if exponent == 31 {
        #expect(fraction == 0 ? value == Float(sign) * .infinity : value.isNaN)
      } else {
        var scale = 1.0
        for _ in 0..<abs(max(exponent, 1) - 15) { scale *= max(exponent, 1) > 15 ? 2 : 0.5 }
        let expected = Float(sign * (exponent == 0 ? fraction : 1 + fraction) * scale)
        #expect(value.bitPattern == expected.bitPattern)
      }
    }
  }
}
