// A colour, its contrast with another one, and its nearest neighbour in the palettes of poorer terminals.

/// A colour of 24 bits.
public struct RGB: Hashable, Sendable {
  /// The red part.
  public var red: UInt8
  /// The green part.
  public var green: UInt8
  /// The blue part.
  public var blue: UInt8

  /// A colour from its parts.
  public init(_ red: UInt8, _ green: UInt8, _ blue: UInt8) {
    self.red = red
    self.green = green
    self.blue = blue
  }

  /// Reads `#rrggbb` or `#rgb`; nil when it is neither.
  public init?(hex text: some StringProtocol) {
    let bytes = Array(text.utf8)
    guard bytes.first == 0x23, bytes.count == 7 || bytes.count == 4 else { return nil }
    var digits: [UInt8] = []
    for byte in bytes.dropFirst() {
      switch byte {
      case 0x30...0x39: digits.append(byte - 0x30)
      case 0x41...0x46: digits.append(byte - 0x41 + 10)
      case 0x61...0x66: digits.append(byte - 0x61 + 10)
      default: return nil
      }
    }
    if digits.count == 3 { digits = digits.flatMap { [$0, $0] } }
    self.init(
      digits[0] << 4 | digits[1], digits[2] << 4 | digits[3], digits[4] << 4 | digits[5])
  }

  /// The relative luminance of WCAG 2, 0 (black) to 1 (white).
  public var luminance: Double {
    func linear(_ part: UInt8) -> Double {
      let value = Double(part) / 255
      return value <= 0.03928 ? value / 12.92 : power((value + 0.055) / 1.055)
    }
    return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
  }

  /// The contrast ratio of WCAG 2, from 1 (equal) to 21 (black on white).
  public func contrast(with other: RGB) -> Double {
    let one = luminance
    let two = other.luminance
    return (max(one, two) + 0.05) / (min(one, two) + 0.05)
  }

  /// The index of the nearest colour of the 256-colour palette, 16...255 (0...15 look different everywhere).
  public var nearest256: Int {
    func level(_ part: UInt8) -> Int { part < 48 ? 0 : part < 115 ? 1 : (Int(part) - 35) / 40 }
    let cube = 16 + 36 * level(red) + 6 * level(green) + level(blue)
    let mean = (Int(red) + Int(green) + Int(blue)) / 3
    let gray = 232 + min(23, max(0, (mean - 3) / 10))
    return distance(to: RGB.palette(gray)) < distance(to: RGB.palette(cube)) ? gray : cube
  }

  /// The index of the nearest of the 16 basic colours, as terminals usually show them.
  public var nearest16: Int {
    (0..<16).min { distance(to: RGB.palette($0)) < distance(to: RGB.palette($1)) } ?? 7
  }

  /// The colour of an index of the 256-colour palette.
  public static func palette(_ index: Int) -> RGB {
    switch index {
    case 0..<16: return basic[index]
    case 16..<232:
      let cube = index - 16
      func part(_ level: Int) -> UInt8 { level == 0 ? 0 : UInt8(55 + 40 * level) }
      return RGB(part(cube / 36), part(cube / 6 % 6), part(cube % 6))
    default:
      let gray = UInt8(min(255, max(0, 8 + 10 * (index - 232))))
      return RGB(gray, gray, gray)
    }
  }

  /// The distance of two colours, weighted as the eye weighs them (the "redmean" formula), squared.
  func distance(to other: RGB) -> Int {
    let mean = (Int(red) + Int(other.red)) / 2
    let reds = Int(red) - Int(other.red)
    let greens = Int(green) - Int(other.green)
    let blues = Int(blue) - Int(other.blue)
    return ((512 + mean) * reds * reds) / 256 + 4 * greens * greens
      + ((767 - mean) * blues * blues) / 256
  }

  private static let basic: [RGB] = [
    RGB(0, 0, 0), RGB(205, 0, 0), RGB(0, 205, 0), RGB(205, 205, 0), RGB(0, 0, 238),
    RGB(205, 0, 205), RGB(0, 205, 205), RGB(229, 229, 229), RGB(127, 127, 127), RGB(255, 0, 0),
    RGB(0, 255, 0), RGB(255, 255, 0), RGB(92, 92, 255), RGB(255, 0, 255), RGB(0, 255, 255),
    RGB(255, 255, 255),
  ]
}

/// x to the power of 2.4, for 0 < x ≤ 1: x² · the fifth root of x².
private func power(_ x: Double) -> Double {
  let square = x * x
  var root = 1.0
  for _ in 0..<60 { root = (4 * root + square / (root * root * root * root)) / 5 }
  return square * root
}
