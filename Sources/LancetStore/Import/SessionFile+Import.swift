// Import: a file becomes rows. Chunk by chunk: read, cut into lines, parse on all cores, store in one transaction
// that also notes how far the file was read. So memory stays bounded, a stop loses at most one chunk's work, and
// the next import of the same file goes on where this one ended.

import LancetCore
import LancetSystem

extension SessionFile {
  /// How many bytes are read and stored at a time.
  static let importChunk = 256 << 10
  /// How many bytes of proposals may wait for the row that has their trace.
  static let waitingLimit = 64 << 20

  /// Imports files of JSON Lines; `-` is standard input.
  ///
  /// - Parameters:
  ///   - format: how rows are read; each is told apart by itself unless one is named.
  ///   - fields: columns a person named, for files of no known format.
  ///   - strict: stop at the first bad row and throw it; what came before it stays.
  ///   - onBad: is told every bad row.
  ///   - progress: is told how far it is, several times a second; returning false stops the import.
  /// - Throws: `refusedInput` before anything is read when one of the files is none; `badRow` when strict.
  public func importFiles(
    _ files: [String], format: ImportFormat = .auto, fields: FieldMap = FieldMap(),
    strict: Bool = false,
    onBad: (BadRow) -> Void = { _ in }, progress: (ImportProgress) -> Bool = { _ in true }
  ) throws(StoreError) -> ImportReport {
    if let readOnly { throw .readOnly(path: path.file, reason: readOnly) }
    for file in files where file != "-" { _ = try InputFile(file) }
    var run = ImportRun(RowReading(format: format, fields: fields), strict: strict)
    for file in files where !run.report.cancelled {
      try importFile(file, &run, onBad, progress)
    }
    if !run.waiting.isEmpty {
      try writing { () throws(StoreError) in try placeWaiting(&run, onBad) }
    }
    return run.report
  }

  private func importFile(
    _ name: String, _ run: inout ImportRun, _ onBad: (BadRow) -> Void,
    _ progress: (ImportProgress) -> Bool
  ) throws(StoreError) {
    let input = try InputFile(name)
    var reader = try ImportReader(input, resuming: try unfinishedImport(of: name, run.reading))
    if reader.lineBase > 0 { run.report.resumed[name] = reader.lineBase }
    while true {
      let lines = try reader.next(Self.importChunk)
      if !lines.isEmpty || reader.isAtEnd && reader.offset > 0 {
        try store(lines, of: name, reader, &run, onBad)
      }
      let report = ImportProgress(
        file: name, bytes: reader.offset, size: input.size, rows: run.report.read)
      guard progress(report) else {
        run.report.cancelled = !reader.isAtEnd || input.size == nil
        return
      }
      if reader.isAtEnd { break }
    }
    switch input.fate {
    case .same: break
    case .grown: run.report.changed.append(name)
    case .rewritten: run.report.rewritten.append(name)
    }
  }

  /// Stores the rows of one chunk and how far the file was read, in one transaction.
  private func store(
    _ lines: [JSONLine], of file: String, _ reader: ImportReader, _ run: inout ImportRun,
    _ onBad: (BadRow) -> Void
  ) throws(StoreError) {
    let reading = run.reading
    let rows = parallelMap(lines) { ParsedRow($0, reading) }
    var failed: BadRow?
    let before = run
    do throws(StoreError) {
      try writing { () throws(StoreError) in
        var added = AddedTraces()
        for row in rows {
          run.report.read += 1
          let line = row.line + reader.lineBase
          switch row.content {
          case .failure(let problem):
            run.report.bad += 1
            let bad = BadRow(file: file, line: line, reason: problem.reason)
            if run.strict { failed = bad } else { onBad(bad) }
          case .success(let row):
            run.noteIgnored(row.ignored, file)
            let isNew = try add(row, file: file, line: line, &added, &run)
            if isNew { run.report.added += 1 } else { run.report.duplicates += 1 }
          }
          if failed != nil { break }
        }
        run.noteContradictions(added, try summarize(added))
        if failed == nil { try noteProgress(of: file, reader, run.reading) }
      }
    } catch {
      run = before
      throw error
    }
    if let failed { throw .badRow(file: failed.file, line: failed.line, reason: failed.reason) }
  }

  /// Adds one row; whether it brought anything new.
  private func add(
    _ row: ImportedRow, file: String, line: Int, _ added: inout AddedTraces, _ run: inout ImportRun
  ) throws(StoreError) -> Bool {
    let name = Files.name(of: file == "-" ? "standard input" : file)
    var isNew = false
    if let key = row.key, let trace = row.traces.first,
      try otherText(key, row, text: trace.text)
    {
      run.report.conflicts += 1
    }
    if !row.traces.isEmpty || row.looseProposals.isEmpty {
      let problem = NewProblem(
        question: row.question, answer: row.answer, source: row.source ?? name,
        traces: row.traces.map { trace in
          NewTrace(
            text: trace.text, source: trace.source ?? name,
            sourceIsGuessed: trace.source == nil, key: row.key, claimed: trace.claimed,
            proposals: trace.proposals.map { ($0.oracle, $0.text, $0.note) },
            labels: trace.labels.map { ($0.stepAt, $0.label) }, ownSteps: trace.ownSteps,
            comment: trace.comment, isSpot: row.isSpot)
        }, context: row.context, solution: row.solution)
      let counts = try add(problem, &added)
      run.report.new += counts
      isNew = !counts.isEmpty
    }
    for proposal in row.looseProposals {
      let loose = LooseProposal(
        file: file, line: line, key: row.key ?? "", question: row.question,
        context: row.context, proposal: proposal)
      if let known = try place(loose, &added, &run) {
        isNew = known || isNew
      } else if run.waitingBytes < Self.waitingLimit {
        run.wait(loose)
      } else {
        run.lost.append(loose.bad)
      }
    }
    return isNew
  }

  /// Whether the row's name already belongs to another text of the same question.
  private func otherText(
    _ key: String, _ row: ImportedRow, text: String
  ) throws(StoreError) -> Bool {
    let (hash, context) = Self.identity(of: row.question, row.context)
    return try db.integer(
      """
      SELECT 1 FROM problems JOIN traces ON traces.problem = problems.id
      WHERE problems.hash = ? AND problems.question = ? AND problems.context IS ?
        AND traces.key = ? AND traces.text <> ?
      LIMIT 1
      """, .int(hash), .text(row.question), .text(context), .text(key), .text(text)) != nil
  }

  /// Adds a proposal to the trace its row's name speaks of: whether it was new; nil when there is no such trace yet.
  private func place(
    _ loose: LooseProposal, _ added: inout AddedTraces, _ run: inout ImportRun
  ) throws(StoreError) -> Bool? {
    guard let trace = try trace(key: loose.key, question: loose.question, context: loose.context)
    else { return nil }
    let isNew = try addProposal(
      NewProposal(
        trace: trace, oracle: loose.proposal.oracle, text: loose.proposal.text,
        note: loose.proposal.note))
    guard isNew else { return false }
    run.report.new.proposals += 1
    added.changed.append(trace)
    return true
  }

  /// Places the proposals that came before their traces; those whose trace never came are bad rows.
  private func placeWaiting(
    _ run: inout ImportRun, _ onBad: (BadRow) -> Void
  ) throws(StoreError) {
    var added = AddedTraces()
    let waiting = run.waiting
    run.waiting = []
    for loose in waiting {
      // Such a row was counted as a duplicate while it waited.
      guard let isNew = try place(loose, &added, &run) else {
        run.lost.append(loose.bad)
        continue
      }
      if isNew {
        run.report.duplicates -= 1
        run.report.added += 1
      }
    }
    for bad in run.lost {
      run.report.duplicates -= 1
      run.report.bad += 1
      if run.strict { throw .badRow(file: bad.file, line: bad.line, reason: bad.reason) }
      onBad(bad)
    }
    run.lost = []
    _ = try summarize(added)
  }

  // MARK: How far files were read

  private func noteProgress(
    of file: String, _ reader: ImportReader, _ reading: RowReading
  ) throws(StoreError) {
    // The middle of an array or a table says nothing of itself: such a file is read from its beginning again.
    guard reader.isAtEnd || reader.syntax == .jsonLines else { return }
    guard let size = reader.size, let name = Files.resolved(file) else { return }
    try db.run("DELETE FROM imports WHERE file = ? AND done = 0", .text(name))
    try db.run(
      """
      INSERT INTO imports (file, format, at, size, offset, line, prefix_hash, done)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?)
      """, .text(name), .text(reading.name), .int(ClockText.now()), .int(size),
      .int(reader.offset), .int(reader.lines), .int(reader.hash), .bool(reader.isAtEnd))
  }

  private func unfinishedImport(
    of file: String, _ reading: RowReading
  ) throws(StoreError) -> ImportMark? {
    guard file != "-", let name = Files.resolved(file) else { return nil }
    let row = try db.statement(
      "SELECT offset, line, prefix_hash FROM imports WHERE file = ? AND format = ? AND done = 0")
    try row.bind([.text(name), .text(reading.name)])
    defer { row.reset() }
    guard try row.step() else { return nil }
    // More lines than bytes were never read.
    guard row.int64(1) <= row.int64(0) else { return nil }
    return ImportMark(offset: row.int64(0), line: row.int(1), hash: row.int64(2))
  }
}
