// Columns named by a person: `--field gold=final_answer --field trace=response` for files of no known format.

/// Which column holds what.
public struct FieldMap: Hashable, Sendable {
  /// What a column can hold.
  public enum Part: String, CaseIterable, Hashable, Sendable {
    case question, gold, trace, proposal, system, solution, source, claim, id, oracle
    case chosen, rejected

    /// The names the formats know it by; the first is the one that is written.
    var names: [String] {
      switch self {
      case .question: FieldNames.question
      case .gold: FieldNames.gold
      case .trace: FieldNames.trace + FieldNames.traces
      case .proposal: FieldNames.proposal
      case .system: FieldNames.system
      case .solution: FieldNames.solution
      case .source: FieldNames.source
      case .claim: FieldNames.claim + FieldNames.softClaim + FieldNames.claims
      case .id: FieldNames.key
      case .oracle: ["oracle"]
      case .chosen: ["chosen"]
      case .rejected: ["rejected"]
      }
    }
  }

  /// The columns, by what they hold; a dot goes into an object, as in `doc.question`.
  public var columns: [Part: String]

  /// A map.
  public init(_ columns: [Part: String] = [:]) { self.columns = columns }

  /// Whether no column is named.
  public var isEmpty: Bool { columns.isEmpty }

  /// As it stands in the command line, in a fixed order.
  public var text: String {
    Part.allCases.compactMap { part in columns[part].map { "\(part.rawValue)=\($0)" } }
      .joined(separator: " ")
  }

  /// The row with the named columns under the formats' own names, and the columns that had those names before.
  func applied(to row: JSON) throws(RowError) -> (row: JSON, covered: [String]) {
    guard case .object(var members) = row else { throw .notAnObject(found: row.kind) }
    var named: [JSON.Member] = []
    for part in Part.allCases {
      guard let column = columns[part] else { continue }
      guard let value = Self.value(row, column) else { throw .missing(field: column) }
      named.append(JSON.Member(part.names[0], value))
      members.removeAll { $0.key.bytesEqual(column) }
    }
    // What stands under another name of a part that was named would contradict the person.
    let taken = Set(columns.keys.flatMap(\.names))
    let covered = members.filter { taken.contains($0.key) && $0.value != .null }.map(\.key)
    members.removeAll { taken.contains($0.key) }
    return (.object(named + members), covered)
  }

  private static func value(_ row: JSON, _ column: String) -> JSON? {
    if let value = row[column] { return value }
    var value = row
    for name in column.split(separator: ".") {
      guard let next = value[String(name)] else { return nil }
      value = next
    }
    return value
  }
}
