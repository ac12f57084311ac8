// NFC: decompose, order the marks, compose. Text that cannot change is recognized first and left alone.

/// One Unicode scalar of valid UTF-8 and how many bytes it takes.
@inline(__always)
func scalar(_ bytes: UnsafeBufferPointer<UInt8>, _ at: Int) -> (value: UInt32, length: Int) {
  let lead = UInt32(bytes[at])
  if lead < 0x80 { return (lead, 1) }
  if lead < 0xE0 { return ((lead & 0x1F) << 6 | UInt32(bytes[at + 1]) & 0x3F, 2) }
  if lead < 0xF0 {
    return (
      (lead & 0x0F) << 12 | (UInt32(bytes[at + 1]) & 0x3F) << 6 | UInt32(bytes[at + 2]) & 0x3F, 3
    )
  }
  return (
    (lead & 0x07) << 18 | (UInt32(bytes[at + 1]) & 0x3F) << 12
      | (UInt32(bytes[at + 2]) & 0x3F) << 6 | UInt32(bytes[at + 3]) & 0x3F, 4
  )
}

/// Normalization form C, as of the version of Unicode that `tokenizers` normalizes with.
struct CanonicalComposer: Sendable {
  private let tables = UnicodeTables.shared

  /// The text in NFC, or nil when it is already.
  ///
  /// - Parameter bytes: valid UTF-8.
  func normalized(_ bytes: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
    mayChange(bytes) ? compose(decomposedScalars(bytes)) : nil
  }

  /// The text in NFD, or nil when it is ASCII and so already.
  func decomposed(_ bytes: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
    guard bytes.contains(where: { $0 >= 0x80 }) else { return nil }
    var out: [UInt8] = []
    for value in decomposedScalars(bytes) { append(value, to: &out) }
    return out
  }

  /// The text decomposed, its marks in order.
  private func decomposedScalars(_ bytes: UnsafeBufferPointer<UInt8>) -> [UInt32] {
    var composed: [UInt32] = []
    composed.reserveCapacity(bytes.count)
    var pending: [(scalar: UInt32, combining: UInt8)] = []
    var at = 0
    while at < bytes.count {
      let (value, length) = scalar(bytes, at)
      at += length
      decompose(value) { part in
        let combining = tables.combining[part] ?? 0
        // A run of marks stays together until the next starter, then is ordered and composed.
        if combining == 0 { flush(&pending, into: &composed) }
        pending.append((part, combining))
      }
    }
    flush(&pending, into: &composed)
    return composed
  }

  private func mayChange(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    tables.classes.withUnsafeBufferPointer { classes in
      var at = 0
      while at < bytes.count {
        // Below U+0300 (lead byte 0xCC) nothing combines and nothing decomposes further than it composes.
        if bytes[at] < 0xCC {
          at += bytes[at] < 0x80 ? 1 : 2
          continue
        }
        let (value, length) = scalar(bytes, at)
        if classes[Int(value)] & ScalarClass.unstable.rawValue != 0 { return true }
        at += length
      }
      return false
    }
  }

  /// The full canonical decomposition, scalar by scalar.
  private func decompose(_ value: UInt32, _ emit: (UInt32) -> Void) {
    if Hangul.syllables.contains(value) {
      let index = value - Hangul.syllables.lowerBound
      emit(Hangul.leads.lowerBound + index / 588)
      emit(Hangul.vowels.lowerBound + index % 588 / 28)
      if index % 28 != 0 { emit(Hangul.finals.lowerBound + index % 28 - 1) }
    } else if value >= 0xC0, let parts = tables.decompositions[value] {
      decompose(parts.first, emit)
      if parts.second != 0 { decompose(parts.second, emit) }
    } else {
      emit(value)
    }
  }

  /// Orders the marks behind a starter by combining class, keeping the order within a class.
  private func flush(
    _ pending: inout [(scalar: UInt32, combining: UInt8)], into out: inout [UInt32]
  ) {
    if pending.count > 2 {
      let start = pending[0].combining == 0 ? 1 : 0
      // `sort` is stable, and quick also for a million marks.
      pending[start...].sort { $0.combining < $1.combining }
    } else if pending.count == 2, pending[0].combining > pending[1].combining {
      if pending[1].combining != 0 { pending.swapAt(0, 1) }
    }
    for one in pending { out.append(one.scalar) }
    pending.removeAll(keepingCapacity: true)
  }

  /// Joins each starter with the marks that may join it, and writes UTF-8.
  private func compose(_ scalars: [UInt32]) -> [UInt8] {
    var out: [UInt8] = []
    out.reserveCapacity(scalars.count + scalars.count / 2)
    var starter: UInt32?
    var waiting: [UInt32] = []  // marks that did not join the starter
    var lastCombining = 0
    for value in scalars {
      let combining = Int(tables.combining[value] ?? 0)
      if let current = starter {
        let blocked = !waiting.isEmpty && (lastCombining == 0 || lastCombining >= combining)
        if !blocked, let joined = composed(current, value) {
          starter = joined
          continue
        }
        if combining == 0 {
          append(current, to: &out)
          for mark in waiting { append(mark, to: &out) }
          waiting.removeAll(keepingCapacity: true)
          starter = value
          lastCombining = 0
        } else {
          waiting.append(value)
          lastCombining = combining
        }
      } else if combining == 0 {
        starter = value
      } else {
        append(value, to: &out)
      }
    }
    if let starter { append(starter, to: &out) }
    for mark in waiting { append(mark, to: &out) }
    return out
  }

  private func composed(_ first: UInt32, _ second: UInt32) -> UInt32? {
    if let syllable = Hangul.composed(first, second) { return syllable }
    return tables.compositions[UInt64(first) << 32 | UInt64(second)]
  }

  private func append(_ value: UInt32, to out: inout [UInt8]) {
    if value < 0x80 {
      out.append(UInt8(truncatingIfNeeded: value))
    } else if value < 0x800 {
      out.append(UInt8(truncatingIfNeeded: 0xC0 | value >> 6))
      out.append(UInt8(truncatingIfNeeded: 0x80 | value & 0x3F))
    } else if value < 0x10000 {
      out.append(UInt8(truncatingIfNeeded: 0xE0 | value >> 12))
      out.append(UInt8(truncatingIfNeeded: 0x80 | value >> 6 & 0x3F))
      out.append(UInt8(truncatingIfNeeded: 0x80 | value & 0x3F))
    } else {
      out.append(UInt8(truncatingIfNeeded: 0xF0 | value >> 18))
      out.append(UInt8(truncatingIfNeeded: 0x80 | value >> 12 & 0x3F))
      out.append(UInt8(truncatingIfNeeded: 0x80 | value >> 6 & 0x3F))
      out.append(UInt8(truncatingIfNeeded: 0x80 | value & 0x3F))
    }
  }
}
