// Themes: the shipped ones can be read, and no file can break the start or hide text.
import Testing

@testable import LancetCanvas

@Test(arguments: Theme.bundledTexts.map(\.id))
func `a shipped theme has no warning and names every role`(_ id: String) throws {
  let bytes = try #require(Theme.bundledTexts.first { $0.id == id }?.bytes)
  let (theme, warnings) = Theme.parse(String(decoding: bytes, as: UTF8.self), id: id)
  #expect(warnings.isEmpty)
  #expect(Set(theme.inks.keys) == Set(Role.allCases))
  #expect(!theme.about.isEmpty)
}

@Test(arguments: Theme.bundled.map(\.id))
func `every role of a shipped theme can be read on its ground`(_ id: String) throws {
  let theme = try #require(Theme.bundled.first { $0.id == id })
  for role in Role.allCases {
    for ground: Role? in [nil, .selection, .popup] {
      for depth in [256, 0] {
        let ink = theme.ink(for: Style(role, on: ground))
        guard let fore = ink.foreground else { continue }
        let back = ink.background ?? theme.assumedBackground
        let shownFore = depth == 256 ? RGB.palette(fore.nearest256) : fore
        let shownBack = depth == 256 ? RGB.palette(back.nearest256) : back
        let least: Double =
          switch role {
          case .rule, .barEmpty: 1.4
          case .dimmed: 2
          case .muted, .tab, .axis, .headroom: ground == nil ? 3.5 : 2.5
          case .text, .title, .input: theme.id == "high-contrast" ? 7 : 6
          default: theme.id == "high-contrast" && ground == nil ? 7 : ground == nil ? 4 : 2.5
          }
        let contrast = shownFore.contrast(with: shownBack)
        #expect(
          contrast >= least, "\(theme.id) \(role) on \(ground as Any) at \(depth): \(contrast)")
      }
    }
  }
}

@Test func `the default paints no background, paper does, mono has no colour`() {
  #expect(Theme.standard.id == "dusk" && Theme.standard.background == nil)
  #expect(Theme.bundled("paper")?.background != nil)
  #expect(Theme.mono.monochrome && !Theme.standard.monochrome)
}

@Test func `bad lines cost one warning each and keep the default`() {
  let text = """
    # name: Mine
    text = #GGGGGG
    nonsense = #fff
    wrong #ff0000
    right = #00ff00 blinking
    title = \u{1B}[31m
    muted = #181818
    accent = #ffffff on #102030 bold
    """
  let (theme, warnings) = Theme.parse(text, id: "mine", base: .standard)
  #expect(theme.name == "Mine")
  #expect(warnings.map(\.line) == [2, 3, 4, 5, 6, 7])
  #expect(theme.inks[.text] == Theme.standard.inks[.text])
  #expect(theme.inks[.accent]?.background == RGB(0x10, 0x20, 0x30))
  #expect(theme.inks[.muted]?.foreground == RGB(255, 255, 255))
  #expect(warnings.allSatisfy { !$0.sentence.utf8.contains(0x1B) })
}

@Test func `a theme of ten megabytes is not read`() {
  let (theme, warnings) = Theme.parse(
    String(repeating: "text = #fff\n", count: 900_000), id: "big", base: .standard)
  #expect(warnings.count == 1 && theme.inks == Theme.standard.inks)
}

@Test func `the nearest colours of the palettes`() {
  #expect(RGB(255, 0, 0).nearest256 == 196)
  #expect(RGB(0x80, 0x80, 0x80).nearest256 == 244)
  #expect(RGB(255, 255, 255).nearest256 == 231)
  #expect(RGB(250, 10, 10).nearest16 == 9)
  #expect((RGB(0, 0, 0).contrast(with: RGB(255, 255, 255)) - 21).magnitude < 0.01)
}

@Test func `text of any role on a selected row can be read`() {
  let theme = Theme.standard
  let ink = theme.ink(for: Style(.muted, on: .selection))
  #expect(ink.background == theme.inks[.selection]?.background)
}
