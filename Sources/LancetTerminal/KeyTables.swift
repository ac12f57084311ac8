// What the sequences of terminals mean: the finals of CSI and SS3, the numbers before `~`, mouse codes, modifiers.
import LancetCanvas

extension KeyDecoder {
  /// The key of a control byte.
  static func control(_ byte: UInt8) -> Key? {
    switch byte {
    case 0x0D: .enter
    case 0x09: .tab
    case 0x7F: .backspace
    case 0x00: .control(" ")
    case 0x08: .backspace
    case 0x01...0x1A: .control(Character(Unicode.Scalar(byte + 0x60)))
    case 0x1C...0x1F: .control(Character(Unicode.Scalar(byte + 0x40)))
    default: nil
    }
  }

  /// The key of the last byte of `ESC [ … X` or `ESC O X`; `modifier` is xterm's, 1 for none.
  static func final(_ byte: UInt8, _ modifier: Int) -> Key? {
    switch byte {
    case 0x41: .up
    case 0x42: .down
    case 0x43: .right
    case 0x44: .left
    case 0x46: .end
    case 0x48: .home
    case 0x4D: .enter
    case 0x50...0x53: .function(Int(byte) - 0x4F)
    case 0x5A: .backTab
    default: nil
    }
  }

  /// The key of `ESC [ number ~`.
  static func tilde(_ number: Int, _ modifier: Int) -> Key? {
    switch number {
    case 1, 7: .home
    case 2: .insert
    case 3: .delete
    case 4, 8: .end
    case 5: .pageUp
    case 6: .pageDown
    case 11...15: .function(number - 10)
    case 17...21: .function(number - 11)
    case 23...24: .function(number - 12)
    default: nil
    }
  }

  /// The key of `ESC [ scalar ; modifier u`.
  static func scalar(_ value: Int, _ modifier: Int) -> Key? {
    guard let value = UInt32(exactly: value), value > 0, let scalar = Unicode.Scalar(value) else {
      return nil
    }
    let held = max(0, modifier - 1)
    switch value {
    case 9: return held & 1 != 0 ? .backTab : .tab
    case 13: return .enter
    case 27: return .escape
    case 127, 8: return .backspace
    case 0..<32: return control(UInt8(value))
    case 57344...63743: return nil  // keys for which there is no name here
    default:
      let character = Character(scalar)
      if held & 4 != 0, let small = character.lowercased().first { return .control(small) }
      return held & 2 != 0 ? .alt(character) : .char(character)
    }
  }

  /// The decimal numbers between semicolons; a sub-number after a colon is left out, nonsense is 0.
  static func numbers(_ body: ArraySlice<UInt8>) -> [Int] {
    body.split(separator: 0x3B, omittingEmptySubsequences: false).map { part in
      var value = 0
      for byte in part {
        guard (0x30...0x39).contains(byte) else { break }
        value = min(value * 10 + Int(byte - 0x30), 1 << 24)
      }
      return value
    }
  }

  /// A mouse event in the SGR form: `code ; column ; row` and `M` (press) or `m` (release).
  static func mouse(_ body: ArraySlice<UInt8>, _ final: UInt8) -> InputEvent? {
    let numbers = numbers(body)
    guard numbers.count == 3, final == 0x4D || final == 0x6D, numbers[1] > 0, numbers[2] > 0
    else { return nil }
    return mouse(
      code: numbers[0], column: numbers[1] - 1, row: numbers[2] - 1, isRelease: final == 0x6D)
  }

  static func mouse(code: Int, column: Int, row: Int, isRelease: Bool) -> InputEvent? {
    guard code < 256, column >= 0, row >= 0, column < Size.limit, row < Size.limit
    else { return nil }
    var modifiers: MouseEvent.Modifiers = []
    if code & 4 != 0 { modifiers.insert(.shift) }
    if code & 8 != 0 { modifiers.insert(.alt) }
    if code & 16 != 0 { modifiers.insert(.control) }
    let kind: MouseEvent.Kind
    var button = MouseEvent.Button.none
    if code & 64 != 0 {
      guard code & 3 < 2 else { return nil }  // sideways wheels
      kind = code & 3 == 0 ? .wheelUp : .wheelDown
    } else {
      button = [.left, .middle, .right, .none][code & 3]
      if code & 32 != 0 {
        guard button != .none else { return nil }  // motion without a button
        kind = .drag
      } else {
        kind = isRelease ? .release : .press
      }
    }
    return .mouse(
      MouseEvent(kind, button: button, row: row, column: column, modifiers: modifiers))
  }
}
