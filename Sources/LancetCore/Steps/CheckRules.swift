// When a stated value agrees with the computed one.

/// When a stated value agrees with the computed one.
enum CheckRules {
  static func agree(_ left: ProseExpression, _ right: ProseExpression) -> Bool {
    if let l = left.value, let r = right.value, l == r { return true }
    let (l, r) = (left.approximate, right.approximate)
    guard l.isFinite, r.isFinite else { return false }
    // "50/3 = 16 1/3": a mixed number is not rounded.
    if right.operators == 0, right.decimals == 0, !right.isPercent, let value = right.value,
      !value.isInteger, left.value != nil
    {
      return false
    }
    let scale = max(l.magnitude, r.magnitude)
    let distance = (l - r).magnitude
    if right.operators > 0 {
      // Two expressions: equal up to the noise of doubles when one has no exact value.
      return (left.value == nil || right.value == nil) && distance <= scale * 1e-9
    }
    if right.significant >= 12, distance <= scale * 1e-11 { return true }
    // Rounded to the digits shown; a result of less than half its last digit is not "0".
    var step = right.isPercent ? 0.01 : 1.0
    for _ in 0..<min(right.decimals, 40) { step /= 10 }
    if r == 0, l != 0 { return false }
    return distance <= step / 2 * (1 + 1e-9)
  }
}
