// The first pass over `tokenizer.json`: vocabulary and merges into flat tables, everything else as byte ranges.

/// The contents of a `tokenizer.json` before they are checked against each other.
struct TokenizerFile {
  /// The byte ranges of the small sections; those inside `model` are named `model.…`.
  var sections: [(name: String, range: Range<Int>)] = []
  var texts = ByteStringTable(capacity: 1 << 15)
  /// The id of each text.
  var ids: [Int32] = []
  var hasVocabulary = false
  var hasMerges = false
  var ignoreMerges = false
  /// The left and right texts of all merges, one after the other.
  var mergeBytes: [UInt8] = []
  /// Where each of them begins; one entry more than merges.
  var mergeStarts: [(left: Int, right: Int)] = []

  /// More keys than the file or its model has.
  private static let keyLimit = 100

  /// How many merges there are.
  var mergeCount: Int { max(0, mergeStarts.count - 1) }

  init(scanning bytes: [UInt8]) throws(JSONScanError) {
    var scanner = JSONScanner(bytes)
    var file = TokenizerFile()
    var seen: Set<[UInt8]> = []
    try scanner.object { (scanner, key) throws(JSONScanError) in
      guard seen.insert(key).inserted else { throw scanner.failure("a key is there twice") }
      guard seen.count <= Self.keyLimit else { throw scanner.failure("too many keys") }
      let name = String(decoding: key, as: UTF8.self)
      if name == "model", scanner.peek() == UInt8(ascii: "{") {
        try file.model(&scanner)
      } else {
        file.sections.append((name, try scanner.skip()))
      }
    }
    guard scanner.peek() == 0, scanner.at == bytes.count else {
      throw scanner.failure("something follows the object")
    }
    file.mergeStarts.append((file.mergeBytes.count, file.mergeBytes.count))
    self = file
  }

  private init() {}

  private mutating func model(_ scanner: inout JSONScanner) throws(JSONScanError) {
    var seen: Set<[UInt8]> = []
    var file = self
    self = TokenizerFile()  // so that the tables are not copied while they grow
    try scanner.object { (scanner, key) throws(JSONScanError) in
      guard seen.insert(key).inserted else { throw scanner.failure("a key is there twice") }
      guard seen.count <= Self.keyLimit else { throw scanner.failure("too many keys") }
      let name = String(decoding: key, as: UTF8.self)
      if name == "vocab", scanner.peek() == UInt8(ascii: "{") {
        try file.vocabulary(&scanner)
      } else if name == "merges", scanner.peek() == UInt8(ascii: "[") {
        try file.merges(&scanner)
      } else if name == "ignore_merges" {
        file.ignoreMerges = scanner.peek() == UInt8(ascii: "t")
        file.sections.append(("model." + name, try scanner.skip()))
      } else {
        file.sections.append(("model." + name, try scanner.skip()))
      }
    }
    self = file
  }

  private mutating func vocabulary(_ scanner: inout JSONScanner) throws(JSONScanError) {
    hasVocabulary = true
    var texts = texts
    var ids = ids
    self.texts = ByteStringTable()
    try scanner.object { (scanner, key) throws(JSONScanError) in
      let id = try scanner.index()
      guard id <= TokenizerReading.idLimit else { throw scanner.failure("id \(id) is too large") }
      let isNew = key.withUnsafeBufferPointer { texts.insert($0).isNew }
      guard isNew else { throw scanner.failure("a token is there twice") }
      ids.append(Int32(id))
    }
    self.texts = texts
    self.ids = ids
  }

  /// Merges as `"a b"` (before tokenizers 0.20) or `["a", "b"]`.
  private mutating func merges(_ scanner: inout JSONScanner) throws(JSONScanError) {
    hasMerges = true
    var bytes: [UInt8] = []
    var starts: [(left: Int, right: Int)] = []
    var text: [UInt8] = []
    try scanner.array { scanner throws(JSONScanError) in
      if scanner.peek() == UInt8(ascii: "[") {
        let left = bytes.count
        var right = left
        var part = 0
        try scanner.array { scanner throws(JSONScanError) in
          if part == 1 { right = bytes.count }
          guard part < 2 else { throw scanner.failure("a merge of more than two tokens") }
          try scanner.string(into: &bytes)
          part += 1
        }
        guard part == 2 else { throw scanner.failure("a merge of fewer than two tokens") }
        starts.append((left, right))
      } else {
        text.removeAll(keepingCapacity: true)
        try scanner.string(into: &text)
        if text.starts(with: "#version".utf8) { return }
        guard let space = text.firstIndex(of: 0x20), text.lastIndex(of: 0x20) == space else {
          throw scanner.failure("a merge that is not two tokens and one space")
        }
        starts.append((bytes.count, bytes.count + space))
        bytes.append(contentsOf: text[..<space])
        bytes.append(contentsOf: text[(space + 1)...])
      }
    }
    mergeBytes = bytes
    mergeStarts = starts
  }
}
