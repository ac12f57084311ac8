// What the screen does with a scalar: draw it in one or two columns, put it over its base, or show it as a mark.
// An allow-list: what Unicode 14 does not know as harmless becomes a mark. No libc table is asked.

/// How one scalar from outside is shown.
enum ScalarClass: Equatable {
  /// One column.
  case narrow
  /// Two columns.
  case wide
  /// No column of its own: drawn over the base before it.
  case combining
  /// Invisible, ambiguous or harmful: shown as `⟨U+XXXX⟩`.
  case marked
  /// A C0 control or DEL: shown as its control picture.
  case control
}

/// Decides how a scalar is shown.
func classify(_ value: UInt32) -> ScalarClass {
  if value < 0x7F { return value < 0x20 ? .control : .narrow }
  if value < 0x300 {
    if value == 0x7F { return .control }
    return value <= 0xA0 || value == 0xAD ? .marked : .narrow
  }
  switch value {
  case 0x0300...0x036F: return value == 0x034F ? .marked : .combining
  case 0x0391...0x03C9 where value != 0x03A2: return .narrow
  case 0x0400...0x0482: return .narrow
  case 0x2010...0x2027, 0x2030...0x205E: return .narrow
  case 0x2190...0x2319, 0x2500...0x25FC: return .narrow
  case 0x2400...0x2426: return .marked
  case 0x2801...0x28FF: return .narrow
  case 0x3041...0x3096, 0x309B...0x30FF, 0x4E00...0x9FFC, 0xAC00...0xD7A3: return .wide
  default: return classifyRare(value)
  }
}

private func classifyRare(_ value: UInt32) -> ScalarClass {
  guard let scalar = Unicode.Scalar(value) else { return .marked }
  switch value {
  case 0x115F...0x11FF, 0xD7B0...0xD7FF,  // jamo that join the syllable before them
    0x1160, 0x3164, 0xFFA0, 0x2800,  // fillers and blanks that look like a space
    0xFE00...0xFE0F, 0xE0000...0xE0FFF,  // variation selectors and tags
    0x1F1E6...0x1F1FF, 0x1F3FB...0x1F3FF,  // flags and skin tones join their neighbours
    0xFFFC, 0x180B...0x180F, 0x16FE4, 0x1D159, 0x1D173...0x1D17A:
    return .marked
  default: break
  }
  let properties = scalar.properties
  guard let age = properties.age, age.major <= 14 else { return .marked }
  switch properties.generalCategory {
  case .nonspacingMark, .enclosingMark: return .combining
  case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator,
    .paragraphSeparator, .spaceSeparator:
    return .marked
  default: return isWide(value) ? .wide : .narrow
  }
}

/// Whether the scalar is East Asian Wide or Fullwidth: a binary search over the generated ranges.
func isWide(_ value: UInt32) -> Bool {
  var low = 0
  var high = wideRangeBounds.count / 2
  while low < high {
    let middle = (low + high) / 2
    if value > wideRangeBounds[2 * middle + 1] {
      low = middle + 1
    } else if value < wideRangeBounds[2 * middle] {
      high = middle
    } else {
      return true
    }
  }
  return false
}

/// How many columns the text takes when it is drawn from column 0, marks and expanded tabs included.
public func displayWidth(_ text: some StringProtocol) -> Int {
  var width = 0
  for byte in text.utf8 {
    guard byte >= 0x20 && byte < 0x7F else { return VisibleText(text).width }
    width += 1
  }
  return width > VisibleText.spaceRunLimit ? VisibleText(text).width : width
}
