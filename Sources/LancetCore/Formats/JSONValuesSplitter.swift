// Cutting a JSON array, or pretty-printed values one after another, into its values, without holding more than one.

/// Cuts chunks of a file into the elements of its array, or into its top-level values.
struct JSONValuesSplitter: Sendable {
  private var pending: [UInt8] = []
  private var line = 1
  private var start = 1
  private var offset = 0
  private var startOffset = 0
  private var depth = 0
  private var inString = false
  private var escaped = false
  private var arrayOpen = false
  private var seen = false
  private var overflowed = false
  private var atStart = 0

  mutating func feed(_ chunk: UnsafeRawBufferPointer, _ each: (JSONLine) -> Void) {
    for byte in chunk {
      take(byte, each)
      offset += 1
      if byte == 10 { line += 1 }
    }
  }

  mutating func finish(_ each: (JSONLine) -> Void) {
    if !pending.isEmpty || overflowed {
      emit(terminated: false, each)
    } else if arrayOpen {
      var row = JSONLine(
        number: line, offset: offset, bytes: [], isTooLong: false, isTerminated: false)
      row.problem = "the array has no end: the file may have been cut"
      each(row)
    }
  }

  private mutating func take(_ byte: UInt8, _ each: (JSONLine) -> Void) {
    guard pending.isEmpty, !overflowed else {
      inside(byte, each)
      return
    }
    switch byte {
    case 32, 9, 10, 13, 0x2C: return
    case 0xEF, 0xBB, 0xBF:
      if offset < 3 { return }
    case 0x5B:
      if !seen {
        seen = true
        arrayOpen = true
        return
      }
    case 0x5D:
      if arrayOpen {
        arrayOpen = false
        return
      }
    default: break
    }
    seen = true
    start = line
    startOffset = offset
    depth = 0
    inString = false
    escaped = false
    inside(byte, each)
  }

  /// A byte of a value.
  private mutating func inside(_ byte: UInt8, _ each: (JSONLine) -> Void) {
    if !inString, depth == 0, !pending.isEmpty || overflowed {
      // A value that is neither object nor array ends where the next thing begins.
      if byte == 0x2C || byte == 10 || byte == 0x5D {
        emit(terminated: true, each)
        if byte == 0x5D { arrayOpen = false }
        return
      }
    }
    append(byte)
    if inString {
      if escaped {
        escaped = false
      } else if byte == 0x5C {
        escaped = true
      } else if byte == 0x22 {
        inString = false
      }
      return
    }
    switch byte {
    case 0x22: inString = true
    case 0x7B, 0x5B: depth += 1
    case 0x7D, 0x5D:
      depth -= 1
      if depth == 0 { emit(terminated: true, each) }
    default: break
    }
  }

  private mutating func append(_ byte: UInt8) {
    guard !overflowed else { return }
    if pending.count >= JSONLinesSplitter.defaultLimit {
      overflowed = true
      pending = []
    } else {
      pending.append(byte)
    }
  }

  private mutating func emit(terminated: Bool, _ each: (JSONLine) -> Void) {
    let row = JSONLine(
      number: start, offset: startOffset, bytes: pending, isTooLong: overflowed,
      isTerminated: terminated)
    pending.removeAll(keepingCapacity: true)
    overflowed = false
    depth = 0
    each(row)
  }
}
