// The modes ncurses does not set: bracketed paste, focus, mouse in the SGR form; and the text that undoes everything.
import CNcurses
import Glibc
import LancetCanvas

extension Terminal {
  static let mouseOn = "\u{1B}[?1000h\u{1B}[?1002h\u{1B}[?1006h"
  static let mouseOff = "\u{1B}[?1006l\u{1B}[?1002l\u{1B}[?1000l"

  /// Sets the modes ncurses does not know of.
  func setOwnModes() {
    Terminal.write(
      Array(("\u{1B}[?2004h\u{1B}[?1004h" + (capturesMouse ? Terminal.mouseOn : "")).utf8))
  }

  /// What gives the terminal back: our modes off, keypad off, cursor on, plain colours, the other screen.
  static func restoreText() -> [UInt8] {
    var bytes = Array(
      ("\u{1B}[?2026l" + mouseOff + "\u{1B}[?1004l\u{1B}[?2004l").utf8)
    for name in ["rmkx", "cnorm", "sgr0", "op", "rmcup"] {
      bytes += capability(name) ?? []
    }
    return bytes
  }

  /// A string capability of the terminal type without its padding marks, nil when it has none.
  static func capability(_ name: String) -> [UInt8]? {
    guard let found = lancet_capability(name) else { return nil }
    var bytes = Array(String(cString: found).utf8)
    // `$<5>` asks old terminals for time; ours need none.
    while let dollar = bytes.firstIndex(of: 0x24), dollar + 1 < bytes.count,
      bytes[dollar + 1] == 0x3C,
      let end = bytes[dollar...].firstIndex(of: 0x3E)
    {
      bytes.removeSubrange(dollar...end)
    }
    return bytes
  }

  /// The keys of the terminal database that may differ from the usual sequences.
  static func keysOfDatabase() -> [[UInt8]: Key] {
    let names: [(String, Key)] = [
      ("kcuu1", .up), ("kcud1", .down), ("kcub1", .left), ("kcuf1", .right), ("khome", .home),
      ("kend", .end), ("kpp", .pageUp), ("knp", .pageDown), ("kich1", .insert), ("kdch1", .delete),
      ("kcbt", .backTab),
    ]
    var keys: [[UInt8]: Key] = [:]
    for (name, key) in names {
      if let bytes = capability(name), bytes.count > 2, bytes[0] == 0x1B { keys[bytes] = key }
    }
    for number in 1...12 {
      if let bytes = capability("kf\(number)"), bytes.count > 2, bytes[0] == 0x1B {
        keys[bytes] = .function(number)
      }
    }
    return keys
  }

  /// Whether the terminal database knows a type.
  ///
  /// Leaves that type as the current one.
  static func knows(_ type: String) -> Bool {
    var problem: Int32 = 0
    return setupterm(type, STDOUT_FILENO, &problem) == OK
  }

  /// The type that takes 24-bit colours, when the database has it (the package ncurses-term).
  ///
  /// Only ncurses' own `-direct` types qualify: they set colours by value, so nothing of the palette is changed.
  static func directType(of type: String) -> String? {
    let family = type.split(separator: "-").first.map(String.init) ?? type
    let candidates = [type + "-direct", family + "-direct"]
    defer { _ = knows(type) }
    return candidates.first { knows($0) }
  }

  static func variable(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }

  /// Writes bytes to the terminal, all of them unless it is gone.
  static func write(_ bytes: [UInt8]) {
    var from = 0
    while from < bytes.count {
      let wrote = bytes[from...].withUnsafeBytes {
        Glibc.write(STDOUT_FILENO, $0.baseAddress, $0.count)
      }
      if wrote < 0 && errno == EINTR { continue }
      if wrote <= 0 { return }
      from += wrote
    }
  }
}

/// Bytes in base 64 (RFC 4648).
func base64(_ bytes: [UInt8]) -> [UInt8] {
  let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
  var text: [UInt8] = []
  for start in stride(from: 0, to: bytes.count, by: 3) {
    let group = bytes[start..<min(start + 3, bytes.count)]
    var value = 0
    for offset in 0..<3 {
      value = value << 8 | (offset < group.count ? Int(group[start + offset]) : 0)
    }
    for place in 0..<4 {
      text.append(place <= group.count ? digits[value >> (18 - 6 * place) & 63] : 0x3D)
    }
  }
  return text
}
