// The person's own settings: `$XDG_CONFIG_HOME/lancet`, else `~/.config/lancet`, with `config` (the theme), `keys` and
// `themes/*.theme`. All of it may be missing; what cannot be read is reported and never stops a start.

import LancetApp
import LancetCanvas
import LancetSystem

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
    let kept = (text(of: "config") ?? "").split(whereSeparator: \.isNewline).filter {
      !$0.drop { $0 == " " }.hasPrefix("theme")
    }
    let text = (kept.map(String.init) + ["theme = \(id)"]).joined(separator: "\n") + "\n"
    do throws(FileFailure) {
      try Files.makeFolders(path)
      Files.removeLeftovers(in: path, of: "config")
      let file = try AtomicFile("\(path)/config", .named)
      try file.write(text)
      try file.finish()
      return nil
    } catch {
      return error.reason
    }
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
      warnings += problems.map { "\(name): \($0.sentence)" }
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
    return (table, warnings.map { "keys: line \($0.line): \($0.sentence)" })
  }

  private func text(of name: String) -> String? {
    guard let path else { return nil }
    guard let bytes = try? Files.read("\(path)/\(name)", limit: Self.sizeLimit) else {
      return nil
    }
    return String(validating: bytes, as: UTF8.self)
  }

  private func names(in folder: String) -> [String] {
    path.map { Files.namesIfAny(in: "\($0)/\(folder)").filter { !$0.hasPrefix(".") } } ?? []
  }
}
