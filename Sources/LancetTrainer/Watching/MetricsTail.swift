// Follows a metrics file while it grows: half lines wait, a file that shrank or was replaced is read again from its
// beginning, and a line that is no JSON is counted and passed over.

import LancetCore
import LancetSystem

/// What was new in a metrics file.
public struct MetricsNews: Sendable, Hashable {
  /// Whether everything read before must be forgotten: the file was cut or replaced.
  public var startsOver = false
  /// The new objects, in order.
  public var lines: [JSON] = []
  /// Lines that were no JSON objects, since the beginning of the file.
  public var badLines = 0
}

/// A place in a metrics file.
///
/// Use it from one thread at a time.
public struct MetricsTail: Sendable {
  /// The most that is read at once, so that a huge file never blocks a watcher for long.
  static let portion = 4 << 20

  private let path: String
  private var offset = 0
  private var identity: FileIdentity?
  private var half: [UInt8] = []
  private var badLines = 0

  /// A tail at the beginning of a file that may not exist yet.
  public init(_ folder: RunFolder) { path = folder.metricsFile }

  /// What came since the last call.
  ///
  /// Nil when nothing did.
  public mutating func poll() -> MetricsNews? {
    guard let file = try? RegularFile(path) else { return nil }
    var news = MetricsNews()
    if file.facts.identity != identity || file.size < offset {
      news.startsOver = offset > 0
      identity = file.facts.identity
      offset = 0
      half = []
      badLines = 0
    }
    let available = min(file.size - offset, Self.portion)
    guard available > 0, let bytes = try? file.bytes(at: offset, count: available), !bytes.isEmpty
    else { return news.startsOver ? news : nil }
    offset += bytes.count
    half += bytes
    guard let end = half.lastIndex(of: 10) else { return news.startsOver ? news : nil }
    for line in half[..<end].split(separator: 10) {
      if let json = Self.parse(line) {
        news.lines.append(json)
      } else {
        badLines += 1
      }
    }
    half = Array(half[(end + 1)...])
    news.badLines = badLines
    return news
  }

  /// Python writes bare `NaN` and `Infinity`, which are no JSON; they become `null`.
  private static func parse(_ line: ArraySlice<UInt8>) -> JSON? {
    if let json = try? JSON.parse(line), json.object != nil { return json }
    var text = String(decoding: line, as: UTF8.self)
    for word in ["-Infinity", "Infinity", "NaN"] {
      text = text.split(separator: ": " + word, omittingEmptySubsequences: false)
        .joined(separator: ": null")
      text = text.split(separator: ":" + word, omittingEmptySubsequences: false)
        .joined(separator: ":null")
    }
    guard let json = try? JSON.parse(text), json.object != nil else { return nil }
    return json
  }
}
