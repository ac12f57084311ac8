// The status line of the Review screen: R against γ, what is left, what the answer needs, and one row for notes.

import LancetCanvas
import LancetCore

/// One figure of the status line.
private struct Figure {
  var pieces: [(text: String, style: Style)]
  /// The largest stays longest when the line is narrow.
  var priority: Int
  /// Columns for a bar of R behind the pieces; 0 for none.
  var bar = 0

  var width: Int { pieces.reduce(bar) { $0 + displayWidth($1.text) } }
}

extension ReviewPainter {
  /// The status line, and the row of notes when there is room for one.
  func status(on canvas: inout Canvas) {
    let area = context.geometry.status
    guard area.height > 0, area.width > 0 else { return }
    var figures = self.figures
    let gap = 3
    while figures.count > 1,
      figures.reduce(-gap, { $0 + $1.width + gap }) > area.width,
      let lowest = figures.indices.min(by: { figures[$0].priority < figures[$1].priority })
    {
      figures.remove(at: lowest)
    }
    var column = area.column
    for figure in figures {
      for piece in figure.pieces {
        column += canvas.put(
          piece.text, row: area.row, column: column, piece.style,
          width: max(area.endColumn - column, 0))
      }
      if figure.bar > 0 {
        canvas.putBar(
          review.assessment.changeRatio, gamma: state.session.gamma, row: area.row,
          column: column, width: min(figure.bar, max(area.endColumn - column, 0)))
        column += figure.bar
      }
      column += gap
    }
    if area.height > 1, let note {
      canvas.put(
        note.text, row: area.row + 1, column: area.column, note.style, width: area.width)
    }
  }

  private var figures: [Figure] {
    var result: [Figure] = []
    let assessment = review.assessment
    let fold = review.shown
    if !fold.hunks.isEmpty {
      let over = assessment.changeRatio > state.session.gamma
      result.append(
        Figure(
          pieces: [
            ("R ", Style(.muted)),
            (ratio(assessment.changeRatio), Style(over ? .warning : .text, bold: true)),
            (over ? " over γ " : " ", Style(.warning)),
          ], priority: 100, bar: 11))
      if let hunk = review.hunk, let without = review.withoutHunk[hunk.key] {
        let (glyph, role) = glyph(without.grade.verdict)
        result.append(
          Figure(
            pieces: [
              ("without this hunk ", Style(.muted)),
              (ratio(without.changeRatio), Style(.text)),
              (" \(glyph)", Style(role)),
            ], priority: 60))
      }
    }
    result.append(
      Figure(
        pieces: [("\(assessment.tokens)", Style(.text)), (" words", Style(.muted))], priority: 40))
    if let error = firstError {
      result.append(
        Figure(
          pieces: [
            ("first error: ", Style(.muted)), ("step \(error.step + 1)", Style(.text)),
            (" (\(error.who))", Style(.muted)),
          ], priority: 70))
    }
    if let unread = review.layout.minusSteps.firstIndex(where: { $0.unread != nil }) {
      result.append(
        Figure(
          pieces: [
            ("arithmetic not read ", Style(.muted)), ("from step \(unread + 1) on", Style(.text)),
          ], priority: 76))
    }
    result.append(standing)
    if fold.undecided > 0, review.draft == nil, let fault = review.fault {
      result.append(
        Figure(
          pieces: [("as it stands: ", Style(.muted)), (fault.sentence, Style(.warning))],
          priority: 75))
    }
    if let roles = review.roles, roles.isSound, case let needed = roles.needed(of: fold.hunks),
      !needed.isEmpty
    {
      let numbers = needed.compactMap { key in fold.index(of: key).map { "\($0 + 1)" } }
      let shown =
        numbers.count == fold.hunks.count
        ? "all" : numbers.prefix(8).joined(separator: ",") + (numbers.count > 8 ? ",…" : "")
      result.append(
        Figure(pieces: [("needed: ", Style(.muted)), (shown, Style(.text))], priority: 65))
    }
    if fold.flagged {
      result.append(Figure(pieces: [("flagged", Style(.flagged, bold: true))], priority: 80))
    }
    if context.geometry.status.height == 1, let warning {
      result.append(Figure(pieces: [(warning, Style(.warning))], priority: 85))
    }
    return result
  }

  /// Where the trace stands, and the key that goes on.
  private var standing: Figure {
    let fold = review.shown
    if review.draft != nil {
      return Figure(
        pieces: [("editing: Ctrl-s keeps it", Style(.tweaked, bold: true))], priority: 99)
    }
    if let approval = fold.approval {
      let way = approval.override == nil ? "approved" : "approved against the rules"
      return Figure(pieces: [(way, Style(.right, bold: true))], priority: 99)
    }
    if let skip = fold.skip {
      return Figure(pieces: [("set aside: \(skip.title)", Style(.warning))], priority: 99)
    }
    if fold.hunks.isEmpty {
      return Figure(
        pieces: [("no hunks: e edits a step, o asks the Oracle", Style(.text))], priority: 90)
    }
    if fold.undecided > 0 {
      let words = "\(fold.undecided) of \(counted(fold.hunks.count, "hunk")) undecided"
      return Figure(pieces: [(words, Style(.undecided, bold: true))], priority: 90)
    }
    guard let refusal = review.refusals.first else {
      return Figure(
        pieces: [("all decided: Enter approves", Style(.right, bold: true))], priority: 99)
    }
    return Figure(pieces: [("not yet: \(refusal.sentence)", Style(.warning))], priority: 98)
  }

  /// The step with the first error, and who says so.
  private var firstError: (step: Int, who: String)? {
    if let at = review.review.firstError,
      let step = review.layout.minusSteps.firstIndex(where: { $0.bytes.lowerBound == at })
    {
      return (step, review.firstError == step ? "you, checks" : "you")
    }
    return review.firstError.map { ($0, "checks") }
  }

  /// Why the hunk under the cursor contradicts a rating.
  private var warning: String? {
    guard let hunk = review.hunk, hunk.decision != .rejected else { return nil }
    let error = firstError?.step ?? review.layout.minusSteps.count
    for (index, step) in review.layout.minusSteps.prefix(error).enumerated()
    where review.review.labels[step.bytes.lowerBound] == .right {
      let minus = hunk.key.minus
      let touches =
        minus.isEmpty ? step.bytes.contains(minus.lowerBound) : step.bytes.overlaps(minus)
      if touches {
        return firstError == nil
          ? "this hunk edits step \(index + 1), which you rated +1"
          : "this hunk edits step \(index + 1), rated +1 and before the first error"
      }
    }
    return nil
  }

  /// What the row below the figures says: the gravest of a warning, a note, the Oracle's own words.
  private var note: (text: String, style: Style)? {
    if let warning { return (warning, Style(.warning)) }
    if let hunk = review.hunk, let comment = hunk.comment {
      return ("note on hunk \(hunk.number): \(comment)", Style(.text, italic: true))
    }
    if let reason = review.review.approval?.override {
      return ("approved against the rules: \(reason)", Style(.warning))
    }
    if let comment = review.review.traceComment {
      return ("note: \(comment)", Style(.text, italic: true))
    }
    if let range = review.range {
      return (
        "\(range.selected.count) of \(range.pieces.count) parts selected: ] [ extend, a x e decide",
        Style(.accent)
      )
    }
    if review.search != nil, let text = searchWords { return (text, Style(.muted)) }
    if let id = review.hunk?.key.proposal ?? review.review.input.proposals.first?.id,
      let proposal = review.review.input.proposal(id), let words = proposal.note
    {
      return ("\(proposal.oracle): \(words)", Style(.muted))
    }
    return hunkWords.map { ($0, Style(.muted)) }
  }

  /// The hunk under the cursor in words: its number, what it does, what was decided.
  private var hunkWords: String? {
    guard let index = review.cursor.hunk, let hunk = review.hunk else { return nil }
    let decided =
      switch hunk.decision {
      case .undecided: "undecided"
      case .accepted: "accepted"
      case .rejected: "rejected: the model's text stays"
      case .tweaked: "edited by you"
      }
    let action =
      switch hunk.kind {
      case .insert: "adds"
      case .delete: "removes"
      case .replace: "replaces"
      }
    let isSound = review.roles?.isSound ?? true
    let purpose =
      switch review.role(ofHunk: index) {
      case .fixes: " · fixes a wrong result"
      case .propagates: " · propagates a changed value"
      case .needed where isSound:
        " · needed: the correction is wrong or contradicts itself without it"
      case .needed: " · needed: more is wrong without it"
      case .optional where isSound: " · optional: right and coherent without it"
      case .optional: " · optional: as much is wrong without it"
      case .breaks: " · breaks: it contradicts what is decided; less is wrong without it"
      case nil: ""
      }
    return "hunk \(hunk.number) of \(review.shown.hunks.count) \(action) · \(decided)\(purpose)"
  }

  private var searchWords: String? {
    guard let search = review.search else { return nil }
    guard let current = search.current else { return "“\(search.pattern)”: not found" }
    return "“\(search.pattern)”: \(current + 1) of \(search.matches.count)"
  }

  private func glyph(_ verdict: Verdict) -> (String, Role) {
    switch verdict {
    case .right: ("✓", .right)
    case .wrong: ("✗", .wrong)
    case .ungradable: ("?", .warning)
    }
  }

  /// A ratio with two decimals.
  private func ratio(_ value: Double) -> String {
    guard value.isFinite else { return "?" }
    let hundredths = Int((min(max(value, -99), 99) * 100).rounded())
    let sign = hundredths < 0 ? "-" : ""
    let digits = "\(abs(hundredths) % 100)"
    return "\(sign)\(abs(hundredths) / 100)." + (digits.utf8.count < 2 ? "0" + digits : digits)
  }
}
