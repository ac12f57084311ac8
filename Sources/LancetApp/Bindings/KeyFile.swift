// The person's own keys: lines of `id = key key`, checked at the start. Pure; the rim reads the file.
import LancetCanvas

/// Something in the key file that was not taken.
public struct KeyFileWarning: Hashable, Sendable {
  /// The line, from 1.
  public var line: Int
  /// What is wrong with it, as a sentence.
  public var sentence: String
}

extension BindingTable {
  /// This table with the keys of a key file in place of the shipped ones.
  ///
  /// A line is `id = key key…`, or `id =` for no key at all; `#` begins a comment. A line that is not understood, or whose
  /// key is taken in the same place, changes nothing and is reported.
  public func applying(keyFile text: String) -> (table: BindingTable, warnings: [KeyFileWarning]) {
    var bindings = all
    var warnings: [KeyFileWarning] = []
    var changed: [(index: Int, line: Int)] = []
    for (offset, raw) in text.split(
      omittingEmptySubsequences: false, whereSeparator: \.isNewline
    ).enumerated() {
      let number = offset + 1
      let line = KeyFile.trimmed(raw)
      if line.isEmpty || line.hasPrefix("#") { continue }
      func warn(_ sentence: String) {
        warnings.append(KeyFileWarning(line: number, sentence: sentence))
      }
      guard let equals = line.firstIndex(of: "=") else {
        warn("no = in this line; write  id = key key")
        continue
      }
      let id = String(KeyFile.trimmed(line[..<equals]))
      guard let index = bindings.firstIndex(where: { $0.id == id }) else {
        warn("nothing is called \(id); : lists all names")
        continue
      }
      var keys: [Key] = []
      var isGood = true
      for name in line[line.index(after: equals)...].split(whereSeparator: {
        $0 == " " || $0 == "\t"
      }) {
        if let key = Key(name: String(name)) {
          keys.append(key)
        } else {
          warn("\(name) is no key; write a, Ctrl-r, Alt-x, Enter, Space, F1")
          isGood = false
        }
      }
      guard isGood else { continue }
      bindings[index].keys = keys
      changed.append((index, number))
    }
    for change in changed {
      let binding = bindings[change.index]
      for (other, rival) in bindings.enumerated() where other != change.index {
        let shared = binding.keys.filter { rival.keys.contains($0) }
        guard !shared.isEmpty, KeyFile.meet(binding.scopes, rival.scopes) else { continue }
        let names = shared.map(\.name).joined(separator: " ")
        warnings.append(
          KeyFileWarning(
            line: change.line,
            sentence:
              "\(names) is taken by \(rival.id) in the same place; \(binding.id) does not get it"))
        bindings[change.index].keys.removeAll { shared.contains($0) }
      }
    }
    return (BindingTable(bindings), warnings)
  }

  /// The pairs of bindings that share a key in one scope.
  public var conflicts: [(key: Key, first: String, second: String)] {
    var found: [(key: Key, first: String, second: String)] = []
    for scope in scopes {
      var taken: [Key: String] = [:]
      for binding in bindings(in: scope) {
        for key in binding.keys {
          if let first = taken[key] { found.append((key, first, binding.id)) }
          taken[key] = binding.id
        }
      }
    }
    return found
  }
}

private enum KeyFile {
  static func trimmed(_ text: Substring) -> Substring {
    var text = text.drop { $0 == " " || $0 == "\t" }
    while let last = text.last, last == " " || last == "\t" || last == "\r" || last == "\r\n" {
      text.removeLast()
    }
    return text
  }

  /// Whether two lists of scopes have one in common.
  ///
  /// A screen's own key may hide a global one: that is wanted.
  static func meet(_ a: [Scope], _ b: [Scope]) -> Bool { !Set(a).isDisjoint(with: b) }
}
