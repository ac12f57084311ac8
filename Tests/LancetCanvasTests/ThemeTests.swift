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

/// An ink in few letters: `e5c07b/2f3542+bu` is that colour on that ground, bold and underlined; `-` is the terminal's own.
private func word(_ ink: Ink) -> String {
  func hex(_ colour: RGB) -> String {
    [colour.red, colour.green, colour.blue].map {
      let digits = String($0, radix: 16)
      return digits.utf8.count < 2 ? "0" + digits : digits
    }.joined()
  }
  let attributes =
    (ink.bold ? "b" : "") + (ink.underline ? "u" : "") + (ink.reverse ? "r" : "")
    + (ink.italic ? "i" : "") + (ink.dim ? "d" : "")
  return (ink.foreground.map(hex) ?? "-") + (ink.background.map { "/" + hex($0) } ?? "")
    + (attributes.isEmpty ? "" : "+" + attributes)
}

@Test func `every role of every shipped theme is drawn like this`() {
  let wanted = """
    role            dusk             high-contrast     mono  paper            tide             tritan
    text            d4d7dd           ffffff            -     2b2b2b           c4d0d0           d8d8d8
    muted           8b919c           c8c8c8            -+d   6a6a66           93a5a8           949494
    accent          7fb4ca+b         5cd6ff+b          -+b   1d5f8a+b         4aa3df+b         e0e0e0+bu
    title           e8eaed+b         ffffff+bu         -+b   111111+b         fdf6e3+b         f2f2f2+b
    rule            5a616e           a0a0a0            -+d   b5b0a4           5f808a           555555
    wrong           e5838a           ff8a8a+b          -+b   a8232c           f0706c           f0924a
    right           98c379           7dff7d+b          -     2f6b22           a3b820           6db3f2
    added           a9c99a           9dff9d            -     2f6b22           aebf52           8dc4f4
    removed         d9a0a4           ffb0b0            -+d   93333a           e39a91           f2b27d
    changedAdded    b8e994+b         000000/7dff7d+b   -+b   1c5a10/d9ecd0+b  c4d93c+b         9fd0ff+b
    changedRemoved  ff8f8f+b         000000/ff9c9c+bu  -+u   8f1620/f6d9d9+b  ff8f87+b         ffa75c+bu
    warning         e5c07b           ffe14d+b          -+b   7a5200           d3a430           e8d27a
    error           ff7b85+b         ff8a8a+bu         -+br  a00f1c+b         ff7d78+b         ff9a4d+bu
    cursor          7fb4ca+b         5cd6ff+b          -+r   1d5f8a+b         4aa3df+b         f2f2f2+b
    selection       e8eaed/2f3542    ffffff/00408a+b   -+r   111111/e3ddcd    fdf6e3/22343a    f2f2f2/383838
    gamma           e5c07b+b         ffe14d+b          -+b   7a5200+b         d3a430+b         e8d27a+b
    bar             7fb4ca           5cd6ff            -     1d5f8a           4aa3df           6db3f2
    barEmpty        565d69           9a9a9a            -+d   b5b0a4           668791           5e5e5e
    status          a3a9b4           e0e0e0            -     55554f           93a5a8           a8a8a8
    key             e5c07b           ffe14d+b          -+b   7a4a00+b         d3a430           e8d27a
    series1         7fb4ca           5cd6ff+b          -+b   1d5f8a           4aa3df           6db3f2
    series2         e59a6f           ffb347+b          -     a84a0c           ea7d42           f0924a
    series3         98c379           7dff7d+b          -+d   2f6b22           a3b820           f2f2f2
    series4         c39ac9           ff9cff+b          -+b   74307f           e07bb0           e8d27a
    series5         e5c07b           ffe14d+b          -     7a5200           d3a430           9ab8d0
    series6         6fc3b2           8affe0+b          -+d   0d6a60           3fb8ae           c99a70
    headroom        8b919c           e0e0e0            -+d   6a6a66           9aacaf           949494
    mode            c39ac9+b         ff9cff+b          -+r   74307f+b         9a9fe0+b         e8d27a+b
    input           e8eaed+u         ffffff+u          -+u   111111+u         fdf6e3+u         f2f2f2+u
    popup           d4d7dd/262b35    ffffff/202020     -     2b2b2b/f0ebdf    c4d0d0/0a323c    d8d8d8/2a2a2a
    axis            8b919c           e0e0e0            -+d   6a6a66           9aacaf           949494
    crosshair       e8eaed+b         ffffff+b          -+b   111111+b         fdf6e3+b         ffffff+b
    dimmed          6f7682           b0b0b0            -+d   8c8880           7a959e           757575
    tweaked         c39ac9           ff9cff+b          -+i   74307f           9a9fe0           e8d27a+i
    undecided       e5c07b           ffe14d            -     7a5200           d3a430           c8c8c8
    flagged         e59a6f+b         ffb347+b          -+bu  a84a0c+b         ea7d42+b         f0924a+b
    match           1c1f26/d9c27e    000000/ffe14d     -+r   2b2b2b/f2dc8a    002b36/d3b050    1a1a1a/e8d27a
    matchCurrent    1c1f26/f0a35e+b  000000/ffb347+bu  -+br  111111/f5b25c+b  002b36/f0985e+b  1a1a1a/ffb36b+b
    mark            d08bd8           ff9cff+b          -+u   8a2a92           e07bb0           e8d27a+u
    tab             8b919c           d0d0d0            -+d   6a6a66           93a5a8           949494
    tabActive       7fb4ca+bu        5cd6ff+bu         -+bu  1d5f8a+bu        4aa3df+bu        f2f2f2+bu
    """
  let rows = wanted.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
  #expect(Theme.bundled.map(\.id).sorted() == rows[0].dropFirst().sorted())
  #expect(rows.dropFirst().map { $0[0] } == Role.allCases.map(\.rawValue))
  for (column, id) in rows[0].enumerated().dropFirst() {
    let theme = Theme.bundled(id)
    for (role, row) in zip(Role.allCases, rows.dropFirst()) {
      #expect(theme?.inks[role].map(word) == row[column], "\(id) \(role)")
    }
  }
}
