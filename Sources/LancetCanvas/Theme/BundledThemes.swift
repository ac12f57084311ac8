// The themes that ship inside the program. Their texts are the files of Themes/, embedded by the build.

extension Theme {
  /// All themes that ship with the program, the default first.
  public static let bundled: [Theme] = bundledTexts.map { id, bytes in
    parse(String(decoding: bytes, as: UTF8.self), id: id).theme
  }

  /// The texts of the bundled themes as they are in Themes/.
  static let bundledTexts: [(id: String, bytes: [UInt8])] = [
    ("dusk", PackageResources.dusk_theme),
    ("paper", PackageResources.paper_theme),
    ("high-contrast", PackageResources.high_contrast_theme),
    ("tritan", PackageResources.tritan_theme),
    ("tide", PackageResources.tide_theme),
    ("mono", PackageResources.mono_theme),
  ]

  /// The bundled theme of this id, nil when there is none.
  public static func bundled(_ id: String) -> Theme? { bundled.first { $0.id == id } }
}
