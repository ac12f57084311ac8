// Which format a row has, and reading it.

extension ImportFormat {
  /// The format a row looks like by its keys; nil when it looks like none.
  public static func detect(row: JSON) -> ImportFormat? {
    guard let members = row.object else { return nil }
    func has(_ key: String) -> Bool { row[key].map { $0 != .null } ?? false }
    func hasKey(_ key: String) -> Bool { row[key] != nil }
    if row["question"]?.object != nil, row["label"]?.object != nil { return .prm800k }
    if hasKey("gemini_corrected_answer") || has("original_answer") && hasKey("prompt_mode") {
      return .spot
    }
    if hasKey("initial_reason_steps") || hasKey("full_rejected") { return .stepDPO }
    if hasKey("chosen") && hasKey("rejected") { return .trl }
    if has("completion"), row["label"]?.bool != nil { return .trl }
    let solutions = members.contains { $0.value.object != nil && $0.value["solution"] != nil }
    if has("question"), solutions { return .gsm8k }
    if has("original_answer"), has("index") { return .spot }
    if TracesFormat.questionNames.contains(where: has) { return .traces }
    return nil
  }

  /// Reads one row.
  ///
  /// With ``ImportFormat/auto`` every row is told apart by its own keys.
  ///
  /// - Throws: ``RowError`` naming the field and what was found.
  public func read(_ row: JSON) throws(RowError) -> ImportedRow {
    switch self {
    case .auto:
      guard case .object(let members) = row else { throw .notAnObject(found: row.kind) }
      guard let format = Self.detect(row: row), format != .auto else {
        throw .unknownFormat(keys: members.map(\.key))
      }
      return try format.read(row)
    case .spot: return try SpotFormat.read(row)
    case .trl: return try TRLFormat.read(row)
    case .prm800k: return try PRM800KFormat.read(row)
    case .stepDPO: return try StepDPOFormat.read(row)
    case .gsm8k: return try GSM8KFormat.read(row)
    case .traces: return try TracesFormat.read(row)
    }
  }
}
