// The safetensors format, read strictly: an 8-byte length, a JSON header, then the numbers of all tensors without a gap. Every
// size comes from outside, so every sum and product is checked before memory is taken.

/// The number types of the format.
enum TensorType: String, Sendable, CaseIterable {
  case bool = "BOOL"
  case uint8 = "U8"
  case int8 = "I8"
  case float8e5m2 = "F8_E5M2"
  case float8e4m3 = "F8_E4M3"
  case int16 = "I16"
  case uint16 = "U16"
  case float16 = "F16"
  case bfloat16 = "BF16"
  case int32 = "I32"
  case uint32 = "U32"
  case float32 = "F32"
  case float64 = "F64"
  case int64 = "I64"
  case uint64 = "U64"

  /// Bytes of one number.
  var size: Int {
    switch self {
    case .bool, .uint8, .int8, .float8e5m2, .float8e4m3: 1
    case .int16, .uint16, .float16, .bfloat16: 2
    case .int32, .uint32, .float32: 4
    case .float64, .int64, .uint64: 8
    }
  }
}

/// One tensor of a safetensors file.
struct TensorEntry: Sendable, Hashable {
  var name: String
  var type: TensorType
  var shape: [Int]
  /// Where its numbers stand in the data area.
  var range: Range<Int>
}

/// The checked header of a safetensors file.
struct SafetensorsHeader: Sendable {
  /// The longest header the format allows.
  static let headerLimit = 100_000_000
  /// More tensors than any model has.
  static let countLimit = 1 << 18
  /// More dimensions than any tensor has.
  static let rankLimit = 8

  /// All tensors, in the order of their numbers.
  let tensors: [TensorEntry]
  /// Where the data area begins in the file.
  let dataStart: Int

  /// Reads and checks the header of a file.
  init(_ file: borrowing FolderFile) throws(ModelError) {
    let size = file.size
    let start = try file.read(at: 0, count: min(size, ForeignFile.lookedAt))
    if start.count < 9 || start[8] != UInt8(ascii: "{") {
      if let error = ForeignFile.error(file.path, start) { throw error }
    }
    guard size >= 8 else {
      throw .badSafetensors(
        path: file.path, tensor: nil, reason: "it has \(size) bytes, fewer than a header length")
    }
    let length = try file.read(at: 0, count: 8).reversed().reduce(UInt64(0)) {
      $0 << 8 | UInt64($1)
    }
    guard length <= UInt64(Self.headerLimit), Int(length) <= size - 8 else {
      throw .badSafetensors(
        path: file.path, tensor: nil,
        reason:
          "the header is said to have \(length) bytes, the file has \(size): it is cut short, or no safetensors file"
      )
    }
    let bytes = try file.read(at: 8, count: Int(length))
    try self.init(header: bytes, dataSize: size - 8 - Int(length), path: file.path)
  }

  /// Checks a header against the size of the data that follows it.
  init(header bytes: [UInt8], dataSize: Int, path: String) throws(ModelError) {
    func bad(_ tensor: String?, _ reason: String) -> ModelError {
      .badSafetensors(path: path, tensor: tensor, reason: reason)
    }
    guard bytes.first == UInt8(ascii: "{") else {
      throw bad(nil, "the header does not begin with {")
    }
    guard isValidUTF8(bytes) else {
      throw bad(nil, "the header is not UTF-8")
    }
    var parsed: [ParsedTensor] = []
    do {
      var scanner = JSONScanner(bytes)
      parsed = try Self.scan(&scanner)
    } catch {
      throw bad(nil, "header: \(error.reason) at byte \(error.byte)")
    }

    var entries: [TensorEntry] = []
    entries.reserveCapacity(parsed.count)
    for one in parsed {
      guard let type = TensorType(rawValue: one.type) else {
        throw bad(one.name, "has the unknown type \(one.type.prefix(20))")
      }
      guard one.shape.count <= Self.rankLimit else {
        throw bad(one.name, "has \(one.shape.count) dimensions")
      }
      guard one.begin <= one.end else {
        throw bad(one.name, "ends at \(one.end), before it begins at \(one.begin)")
      }
      guard let count = checkedProduct(one.shape), let size = checkedProduct(count, type.size)
      else { throw bad(one.name, "has a shape too large for any file") }
      guard size == one.end - one.begin else {
        throw bad(
          one.name, "spans \(one.end - one.begin) bytes, its shape and type need \(size)")
      }
      entries.append(
        TensorEntry(name: one.name, type: type, shape: one.shape, range: one.begin..<one.end))
    }
    entries.sort {
      ($0.range.lowerBound, $0.range.upperBound) < ($1.range.lowerBound, $1.range.upperBound)
    }
    var end = 0
    for entry in entries {
      guard entry.range.lowerBound == end else {
        let fault = entry.range.lowerBound < end ? "overlaps the one before" : "leaves a hole"
        throw bad(
          entry.name, "begins at \(entry.range.lowerBound) where \(end) is due: it \(fault)")
      }
      end = entry.range.upperBound
      guard end <= dataSize else {
        throw bad(
          entry.name, "ends at \(end), but the data has \(dataSize) bytes: the file is cut short")
      }
    }
    guard end == dataSize else {
      throw bad(nil, "\(dataSize - end) bytes follow the last tensor")
    }
    tensors = entries
    dataStart = 8 + bytes.count
  }

  private struct ParsedTensor {
    var name = ""
    var type = ""
    var shape: [Int] = []
    var begin = 0
    var end = 0
  }

  private static func scan(_ scanner: inout JSONScanner) throws(JSONScanError) -> [ParsedTensor] {
    var parsed: [ParsedTensor] = []
    var names = ByteStringTable(capacity: 1024)
    try scanner.object { (scanner, key) throws(JSONScanError) in
      let isNew = key.withUnsafeBufferPointer { names.insert($0).isNew }
      guard isNew else { throw scanner.failure("a tensor is there twice") }
      if key.elementsEqual("__metadata__".utf8) {
        var text: [UInt8] = []
        var keys: Set<[UInt8]> = []
        try scanner.object { (scanner, key) throws(JSONScanError) in
          guard keys.insert(key).inserted else { throw scanner.failure("a key is there twice") }
          text.removeAll(keepingCapacity: true)
          try scanner.string(into: &text)
        }
      } else {
        guard parsed.count < countLimit else { throw scanner.failure("too many tensors") }
        parsed.append(try tensor(&scanner, String(decoding: key, as: UTF8.self)))
      }
    }
    guard scanner.peek() == 0, scanner.at == scanner.bytes.count else {
      throw scanner.failure("something follows the object")
    }
    return parsed
  }

  private static func tensor(_ scanner: inout JSONScanner, _ name: String)
    throws(JSONScanError) -> ParsedTensor
  {
    var tensor = ParsedTensor(name: name)
    var seen: Set<String> = []
    try scanner.object { (scanner, key) throws(JSONScanError) in
      let field = String(decoding: key, as: UTF8.self)
      guard seen.insert(field).inserted else { throw scanner.failure("a key is there twice") }
      switch field {
      case "dtype":
        var text: [UInt8] = []
        try scanner.string(into: &text)
        tensor.type = String(decoding: text, as: UTF8.self)
      case "shape":
        try scanner.array { scanner throws(JSONScanError) in
          guard tensor.shape.count < 64 else { throw scanner.failure("too many dimensions") }
          tensor.shape.append(try scanner.index())
        }
      case "data_offsets":
        var offsets: [Int] = []
        try scanner.array { scanner throws(JSONScanError) in
          guard offsets.count < 2 else { throw scanner.failure("more than two offsets") }
          offsets.append(try scanner.index())
        }
        guard offsets.count == 2 else { throw scanner.failure("fewer than two offsets") }
        (tensor.begin, tensor.end) = (offsets[0], offsets[1])
      default: throw scanner.failure("unknown field of a tensor")
      }
    }
    guard seen.count == 3 else { throw scanner.failure("a tensor lacks a field") }
    return tensor
  }
}
