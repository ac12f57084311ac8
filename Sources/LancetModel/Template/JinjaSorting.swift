// Filters that put elements in order: sort, unique, min, max, groupby, dictsort. Letters count the same in both cases unless asked.

import LancetCore

extension JinjaEvaluator {
  mutating func ordered(
    _ name: String, _ value: JinjaValue, _ arguments: Arguments, _ line: Int
  ) throws(ModelError) -> JinjaValue {
    if name == "dictsort" { return try sortedMembers(value, arguments, line) }
    let place = ["sort": 2, "groupby": 0][name] ?? 1
    let path = arguments.value("attribute", at: place)
    let exact =
      arguments.named["case_sensitive"]?.isTrue
      ?? (name == "groupby"
        ? false : arguments.value("case_sensitive", at: name == "sort" ? 1 : 0)?.isTrue ?? false)
    let all = try items(of: value, line)
    var keyed: [(key: JinjaValue, item: JinjaValue)] = []
    for item in all {
      var key = item
      if let path, path.text != nil || path.wholeNumber != nil { key = try field(item, path, line) }
      if name == "groupby", key.isUndefined { key = arguments.value("default", at: 1) ?? key }
      keyed.append((exact ? key : key.folded, item))
    }
    if name == "unique" { return try unique(keyed, line) }
    if name == "min" || name == "max" {
      guard var best = keyed.first else { return .undefined(name) }
      for one in keyed.dropFirst() {
        let isBelow = try order(one.key, best.key, line).below
        let isAbove = try order(best.key, one.key, line).below
        if name == "min" ? isBelow : isAbove { best = one }
      }
      return best.item
    }
    let isReversed = name == "sort" && arguments.value("reverse", at: 0)?.isTrue ?? false
    let sorted = try mergeSorted(keyed, reversed: isReversed, line)
    if name == "sort" { return try list(sorted.map(\.item), line) }
    var groups: [(key: JinjaValue, items: [JinjaValue])] = []
    for (key, item) in sorted {
      if let last = groups.last, try equal(last.key, key) {
        groups[groups.count - 1].items.append(item)
      } else {
        groups.append((key, [item]))
      }
    }
    var out: [JinjaValue] = []
    for group in groups {
      var pair = JinjaSequence([group.key, try list(group.items, line)], isTuple: true)
      pair.isGroup = true
      out.append(.list(pair))
    }
    return try list(out, line)
  }

  private mutating func sortedMembers(
    _ value: JinjaValue, _ arguments: Arguments, _ line: Int
  ) throws(ModelError) -> JinjaValue {
    guard case .dictionary(let mapping) = value else {
      throw failure(line, "dictsort needs a mapping, not \(value.kind)")
    }
    let exact = arguments.value("case_sensitive", at: 0)?.isTrue ?? false
    let byValue = arguments.value("by", at: 1)?.text == "value"
    var keyed: [(key: JinjaValue, item: JinjaValue)] = []
    for member in mapping.members {
      let key = byValue ? member.value : JinjaValue(key: member.key)
      keyed.append(
        (
          exact ? key : key.folded,
          try list([JinjaValue(key: member.key), member.value], isTuple: true, line)
        ))
    }
    let isReversed = arguments.value("reverse", at: 2)?.isTrue ?? false
    return try list(try mergeSorted(keyed, reversed: isReversed, line).map(\.item), line)
  }

  private mutating func unique(_ keyed: [(key: JinjaValue, item: JinjaValue)], _ line: Int)
    throws(ModelError) -> JinjaValue
  {
    var kept: [(key: JinjaValue, item: JinjaValue)] = []
    for one in keyed {
      var isNew = true
      for other in kept where try equal(other.key, one.key) {
        isNew = false
        break
      }
      if isNew { kept.append(one) }
    }
    return try list(kept.map(\.item), line)
  }

  /// A stable sort whose comparisons may fail.
  private mutating func mergeSorted(
    _ all: [(key: JinjaValue, item: JinjaValue)], reversed: Bool, _ line: Int
  ) throws(ModelError) -> [(key: JinjaValue, item: JinjaValue)] {
    guard all.count > 1 else { return all }
    let middle = all.count / 2
    let left = try mergeSorted(Array(all[..<middle]), reversed: reversed, line)
    let right = try mergeSorted(Array(all[middle...]), reversed: reversed, line)
    var out: [(key: JinjaValue, item: JinjaValue)] = []
    out.reserveCapacity(all.count)
    var i = 0
    var j = 0
    while i < left.count, j < right.count {
      let takesRight =
        reversed
        ? try order(left[i].key, right[j].key, line).below
        : try order(right[j].key, left[i].key, line).below
      if takesRight {
        out.append(right[j])
        j += 1
      } else {
        out.append(left[i])
        i += 1
      }
    }
    return out + left[i...] + right[j...]
  }
}

extension JinjaValue {
  /// Texts in small letters, as sorting compares them.
  fileprivate var folded: JinjaValue { text.map { .string($0.lowercased()) } ?? self }
}
