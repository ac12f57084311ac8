// Editing a hunk in place or in $EDITOR, selecting a part of it, notes, copying.

import LancetCanvas
import LancetCore

extension ReviewState {
  /// What `e` edits: the hunk under the cursor, else the step under it as a hunk by hand.
  var editable: (key: HunkKey, text: String)? {
    if let hunk { return (hunk.key, hunk.currentText) }
    guard layout.lines.indices.contains(cursor.line) else { return nil }
    let line = layout.lines[cursor.line]
    guard let minus = line.minus else { return nil }
    let begun = layout.stepBeginning(in: minus, of: .minus)
    let range = review.editableRange(covering: begun.map { layout.minusSteps[$0].bytes } ?? minus)
    return review.correctionText(of: range).map { (.manual(range), $0) }
  }
}

extension State {
  /// Begins to type the hunk under the cursor in its place.
  mutating func beginDraft() -> [Effect] {
    guard let (key, text) = review?.editable else { return [] }
    _ = changeReview { review, state in
      review.draft = HunkDraft(key: key, text: text)
      review.range = nil
      review.showDraft(in: state)
    }
    return []
  }

  /// Saves what was typed as the hunk's text.
  mutating func saveDraft() -> [Effect] {
    guard let draft = review?.draft else { return [] }
    let text = draft.field.text
    _ = changeReview { review, state in
      review.draft = nil
      if text.bytesEqual(draft.original) {
        review.rebuild(keepingRoles: false)
        review.follow(in: state)
      }
    }
    guard !text.bytesEqual(draft.original) else {
      notice = Notice("nothing was changed")
      return []
    }
    return tweak(draft.key, text)
  }

  /// Leaves the text as it was.
  mutating func cancelDraft() -> [Effect] {
    _ = changeReview { review, state in
      review.draft = nil
      review.rebuild(keepingRoles: false)
      review.follow(in: state)
    }
    return []
  }

  /// Decides a hunk by a text: its own words count as accepting or rejecting.
  mutating func tweak(_ key: HunkKey, _ text: String) -> [Effect] {
    var decision = Decision.tweaked(text)
    if let index = review?.review.index(of: key), let hunk = review?.review.hunks[index],
      !key.isManual
    {
      if text.bytesEqual(hunk.plusText) { decision = .accepted }
      if text.bytesEqual(hunk.minusText) { decision = .rejected }
    }
    guard let effects = record([.decide(key, decision)]) else {
      _ = changeReview { review, state in
        review.rebuild(keepingRoles: false)
        review.follow(in: state)
      }
      return []
    }
    _ = changeReview { review, state in
      if let index = review.review.index(of: key) { review.placeCursor(onHunk: index) }
      review.follow(in: state)
    }
    return effects
  }

  /// Hands the hunk under the cursor, or what is being typed, to $EDITOR.
  func editorEffects() -> [Effect] {
    guard let review else { return [] }
    if let draft = review.draft {
      return [
        .terminal(
          .openEditor(EditorRequest(.tweak(review.trace, draft.key), text: draft.field.text)))
      ]
    }
    guard let (key, text) = review.editable else { return [] }
    return [.terminal(.openEditor(EditorRequest(.tweak(review.trace, key), text: text)))]
  }

  /// Takes the text that $EDITOR left.
  mutating func takeEdited(_ request: EditorRequest, _ edited: String) -> [Effect] {
    guard case .tweak(let trace, let key) = request.purpose else { return [] }
    guard review?.trace == trace else {
      notice = Notice("the edited trace is no longer open; nothing was changed", .warning)
      return []
    }
    var text = edited
    // Editors end a file with a line feed that nobody typed.
    if text.utf8.last == .lineFeed, request.text.utf8.last != .lineFeed {
      text = String(
        decoding: text.utf8.dropLast(text.utf8.hasSuffix([0x0D, 0x0A]) ? 2 : 1), as: UTF8.self)
    }
    if text.isEmpty, !request.text.isEmpty {
      notice = Notice("the file was empty: nothing was changed")
      return []
    }
    if review?.draft != nil {
      _ = changeReview { review, state in
        review.draft?.field.set(text)
        review.showDraft(in: state)
      }
      return []
    }
    guard !text.bytesEqual(request.text) else {
      notice = Notice("nothing was changed")
      return []
    }
    return tweak(key, text)
  }

  /// Begins to select a part of the hunk under the cursor.
  mutating func beginRange() -> [Effect] {
    guard let hunk = review?.hunk, let pieces = review?.review.splitPieces(of: hunk.key) else {
      return []
    }
    _ = changeReview { review, _ in review.range = HunkRange(key: hunk.key, pieces: pieces) }
    return []
  }

  /// Moves the end of the selection by pieces.
  mutating func extendRange(by step: Int) -> [Effect] {
    _ = changeReview { review, _ in
      guard var range = review.range else { return }
      range.head = min(max(range.head + step, 0), range.pieces.count - 1)
      review.range = range
    }
    return []
  }

  /// Makes the selected part a hunk of its own and decides it; nil leaves it undecided.
  mutating func decideRange(_ decision: Decision?) -> [Effect] {
    guard let range = review?.range else { return [] }
    _ = changeReview { review, _ in review.range = nil }
    let cut = range.cut
    var events: [ReviewEvent] = []
    if cut.all.count > 1 { events.append(.split(range.key, into: cut.all)) }
    let key = cut.all.count > 1 ? cut.selected : range.key
    if let decision { events.append(.decide(key, decision)) }
    guard !events.isEmpty, let effects = record(events) else { return [] }
    _ = changeReview { review, state in
      if let index = review.review.index(of: key) { review.placeCursor(onHunk: index) }
      review.follow(in: state)
    }
    if decision != nil { advance() }
    return effects
  }

  /// Asks for a note on the hunk under the cursor, else on the trace.
  mutating func askForComment() -> [Effect] {
    guard let review else { return [] }
    let hunk = review.hunk
    let old = hunk.map { $0.comment ?? "" } ?? review.review.traceComment ?? ""
    let about = hunk.map { "hunk \($0.number)" } ?? "this trace"
    let key = hunk?.key
    overlay = .prompt(
      Prompt("note on \(about)", advice: "empty removes it", text: old) { state, text in
        state.record([.comment(hunk: key, text)]) ?? []
      })
    return []
  }

  /// Asks why the trace is set aside.
  mutating func askForSkip() -> [Effect] {
    guard let review else { return [] }
    overlay = .choices(
      skipChoices(skipped: review.review.status == .skipped) { state, reason in
        state.setAside(reason)
      })
    return []
  }

  /// Asks why to approve against the rules.
  mutating func askForOverride() -> [Effect] {
    guard let review else { return [] }
    let reasons = review.refusals.map(\.sentence).joined(separator: "; ")
    overlay = .prompt(
      Prompt(
        "approve although \(reasons)", advice: "the reason is stored with the pair",
        problem: { _, text in ApprovalRules.isBlank(text) ? "a reason is needed" : nil }
      ) { state, text in
        guard !ApprovalRules.isBlank(text) else { return [] }
        return state.approve(override: text)
      })
    return []
  }

  /// Asks what to copy.
  mutating func askForCopy() -> [Effect] {
    guard let review else { return [] }
    let input = review.review.input
    let correction = review.review.correction
    var items: [Choice] = []
    if let hunk = review.hunk {
      items.append(
        Choice("hunk \(hunk.number)", key: "h", detail: "its text in the correction") { _ in
          [.terminal(.copy(hunk.currentText))]
        })
    }
    items.append(
      Choice("pair", key: "p", detail: "question, y⁻ and correction as JSON") { _ in
        let pair = JSON.object([
          JSON.Member("prompt", .string(input.problem.question)),
          JSON.Member("chosen", .string(correction)),
          JSON.Member("rejected", .string(input.trace.text)),
        ])
        return [.terminal(.copy(pair.serialized()))]
      })
    items.append(Choice("correction", key: "c") { _ in [.terminal(.copy(correction))] })
    items.append(
      Choice("y⁻", key: "m", detail: "the model's text") { _ in [.terminal(.copy(input.trace.text))]
      })
    items.append(Choice("question", key: "q") { _ in [.terminal(.copy(input.problem.question))] })
    overlay = .choices(Choices("Copy to the clipboard", items: items))
    return []
  }

  /// Asks what to look for.
  mutating func askForSearch() -> [Effect] {
    let old = review?.search?.pattern ?? ""
    overlay = .prompt(
      Prompt("find in both texts", advice: "small letters find capitals too", text: old) {
        state, text in
        state.search(for: text)
        return []
      })
    return []
  }

  /// Looks for a text from the cursor on; the empty text ends the search.
  mutating func search(for pattern: String) {
    _ = changeReview { review, state in
      guard !pattern.isEmpty else {
        review.search = nil
        return
      }
      var search = ReviewSearch(pattern, in: review.layout)
      search.current = search.match(from: review.cursor.line)
      review.search = search
      review.goToMatch(in: state)
    }
    if let search = review?.search, search.matches.isEmpty {
      notice = Notice("“\(search.pattern)” is not in this trace", .warning)
    }
  }

  /// Goes to the next place in that direction, around the end.
  mutating func nextMatch(by step: Int) -> [Effect] {
    _ = changeReview { review, state in
      guard var search = review.search, let current = search.current else { return }
      let count = search.matches.count
      search.current = ((current + step) % count + count) % count
      review.search = search
      review.goToMatch(in: state)
    }
    return []
  }
}

extension ReviewState {
  /// Shows the texts with what is typed, and the line of the text cursor.
  mutating func showDraft(in state: State) {
    rebuild(keepingRoles: true)
    if let draft, let index = shown.index(of: draft.key) {
      cursor.hunk = index
      if let piece = layout.piece(ofHunk: index) {
        let byte = piece.plus.lowerBound + draft.field.cursorByte
        let line = layout.line(of: byte, on: .plus) ?? layout.line(ofHunk: index)
        if let line { cursor.line = line }
      }
      open(line: cursor.line)
    }
    follow(in: state)
  }

  /// Puts the cursor on the current match.
  mutating func goToMatch(in state: State) {
    guard let search, let current = search.current else { return }
    let match = search.matches[current]
    open(line: match.line)
    placeCursor(onLine: match.line)
    if let piece = layout.pieces.first(where: { piece in
      piece.hunk != nil
        && (match.side == .minus ? piece.minus : piece.plus).overlaps(match.bytes)
    }), let hunk = piece.hunk, layout.lines[match.line].hunks.contains(hunk) {
      cursor.hunk = hunk
    }
    follow(in: state)
  }
}

extension String.UTF8View {
  /// Whether the text ends in these bytes.
  func hasSuffix(_ suffix: [UInt8]) -> Bool { self.suffix(suffix.count).elementsEqual(suffix) }
}
