// Sums that words ask for and answer: "multiply 6 by 7 to get 42", "subtracting 4 from 10 gives 6".

extension WordChecks {
  private static let operations: [String: UInt8] = [
    "multiply": .star, "multiplying": .star, "divide": .slash, "dividing": .slash, "add": .plus,
    "adding": .plus, "subtract": .minus, "subtracting": .minus,
  ]

  func instruction(_ start: Int) -> Check? {
    guard let operation = Self.operations[reader.text(start)],
      let first = reader.quantity(reader.text(start + 1) == "the" ? start + 2 : start + 1),
      let links = Self.links[operation], links.contains(reader.text(first.end)),
      let second = reader.quantity(first.end + 1),
      first.isMoney == second.isMoney || operation != .plus,
      first.unit.isEmpty || second.unit.isEmpty || first.unit == second.unit || operation == .star,
      Units.known(first.unit).map({ $0.name != Units.known(second.unit)?.name }) != true
        || second.unit.isEmpty,
      let stated = outcome(second.end),
      // "Multiply 4 by 25 cents to get $1."
      reader.kind(stated) != .currency || first.isMoney || second.isMoney
        || first.unit.isEmpty && second.unit.isEmpty
    else { return nil }
    let value: Rational? =
      switch operation {
      case .star: first.value.multiplied(by: second.value)
      case .slash: first.value.divided(by: second.value)
      case .plus: first.value.adding(second.value)
      default: second.value.subtracting(first.value)
      }
    return value.flatMap { reader.check(start..<second.end, makes: $0, statedAt: stated) }
  }

  private static let links: [UInt8: Set<String>] = [
    .star: ["by"], .slash: ["by"], .plus: ["to", "and"], .minus: ["from"],
  ]

  /// Behind "to get", ", we get", "gives", "results in".
  private func outcome(_ start: Int) -> Int? {
    if let stated = reader.statement(start) { return stated }
    let i = reader.kind(start) == .comma ? start + 1 : start
    if ["to", "we", "you"].contains(reader.text(i)),
      ["get", "find", "obtain"].contains(reader.text(i + 1))
    {
      return i + 2
    }
    if reader.text(i) == "results", reader.text(i + 1) == "in" { return i + 2 }
    return reader.text(i) == "yields" ? i + 1 : nil
  }
}
