// The person's own settings: `$XDG_CONFIG_HOME/lancet`, else `~/.config/lancet`, with `config` (the theme), `keys` and
// `themes/*.theme`. All of it may be missing; what cannot be read is reported and never stops a start.

import Glibc
import LancetApp
import LancetCanvas

/// The folder of the person's settings.
struct ConfigFolder: Sendable {
  /// Its path; nil when neither XDG_CONFIG_HOME nor HOME says where it is.
  let path: String?

  /// A settings file larger than this is not read.
  private static let sizeLimit = 64 << 10

  init() {
    if let config = environment("XDG_CONFIG_HOME"), config.hasPrefix("/") {
      path = config + "/lancet"
    } else if let home = environment("HOME"), home.hasPrefix("/") {
      path = home + "/.config/lancet"
    } else {
      path = nil
    }
  }

  /// The theme that was chosen last.
  var theme: String? {
    guard let text = text(of: "config") else { return nil }
    for line in text.split(whereSeparator: \.isNewline) {
      let parts = line.split(separator: "=", maxSplits: 1).map { $0.filter { $0 != " " } }
      if parts.count == 2, parts[0] == "theme" { return parts[1] }
    }
    return nil
  }

  /// Writes down the theme; returns what went wrong.
  func remember(theme id: String) -> String? {
    guard let path else { return "HOME is not set" }
    makeFolder(path)
    let kept = (text(of: "config") ?? "").split(whereSeparator: \.isNewline).filter {
      !$0.drop { $0 == " " }.hasPrefix("theme")
    }
    let text = (kept.map(String.init) + ["theme = \(id)"]).joined(separator: "\n") + "\n"
    let part = "\(path)/.config-\(getpid())"
    let descriptor = open(part, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { return String(cString: strerror(errno)) }
    let bytes = Array(text.utf8)
    let wrote = bytes.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
    let isWhole = wrote == bytes.count && fsync(descriptor) == 0
    close(descriptor)
    guard isWhole, rename(part, "\(path)/config") == 0 else {
      let reason = String(cString: strerror(errno))
      unlink(part)
      return reason
    }
    return nil
  }

  /// The bundled themes and the person's own; one of the same id replaces the bundled one.
  func themes() -> (themes: [Theme], warnings: [String]) {
    var themes = Theme.bundled
    var warnings: [String] = []
    for name in names(in: "themes") where name.hasSuffix(".theme") {
      guard let text = text(of: "themes/\(name)") else {
        warnings.append("\(name) cannot be read, or is no UTF-8 text under 64 kB")
        continue
      }
      let id = String(name.dropLast(".theme".count))
      let (theme, problems) = Theme.parse(text, id: id, base: Theme.standard)
      warnings += problems.map { "\(name) \($0.line): \($0.sentence)" }
      if let index = themes.firstIndex(where: { $0.id == id }) {
        themes[index] = theme
      } else {
        themes.append(theme)
      }
    }
    return (themes, warnings)
  }

  /// The shipped bindings with the person's keys.
  func bindings() -> (table: BindingTable, warnings: [String]) {
    guard let text = text(of: "keys") else { return (.shipped, []) }
    let (table, warnings) = BindingTable.shipped.applying(keyFile: text)
    return (table, warnings.map { "keys \($0.line): \($0.sentence)" })
  }

  private func text(of name: String) -> String? {
    guard let path else { return nil }
    let descriptor = open("\(path)/\(name)", O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var facts = stat()
    guard fstat(descriptor, &facts) == 0, facts.st_mode & S_IFMT == S_IFREG,
      facts.st_size <= Self.sizeLimit
    else { return nil }
    var bytes = [UInt8](repeating: 0, count: Int(facts.st_size))
    let count = bytes.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
    guard count >= 0 else { return nil }
    return String(validating: bytes.prefix(count), as: UTF8.self)
  }

  private func names(in folder: String) -> [String] {
    guard let path, let stream = opendir("\(path)/\(folder)") else { return [] }
    defer { closedir(stream) }
    var found: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if !name.hasPrefix(".") { found.append(name) }
    }
    return found.sorted()
  }
}

/// Makes a folder and those above it, private to the person.
func makeFolder(_ path: String) {
  var made = ""
  for part in path.split(separator: "/") {
    made += "/" + part
    mkdir(made, 0o700)
  }
}
