// What an undo, a redo or a rule did: rows change, folds are read again, and the person is taken there and told.
import LancetCanvas
import LancetCore

extension State {
  /// Shows what an undo or redo did.
  mutating func took(_ report: UndoReport) -> [Effect] {
    queue.update(report.summaries)
    saving.savedAt = report.at.clock
    for row in report.summaries { loaded.forget(row.id) }
    notice = Notice(
      (report.redo ? "done again: " : "undone: ") + (report.isRule ? "rule, " : "")
        + describe(report.events), .accent)
    var traces: [TraceID] = []
    for item in report.events where !traces.contains(item.trace) { traces.append(item.trace) }
    guard let target = traces.last else { return [] }
    // A batch over many traces has no one place to go to, and nothing moves without need.
    if traces.count == 1 {
      queue.moveCursor(to: target)
      followCursor()
    }
    guard screen == .review else {
      if let shown = review?.trace, traces.contains(shown) { return [.store(.loadTrace(shown))] }
      return []
    }
    if traces.count > 1 {
      if let shown = review?.trace, traces.contains(shown) { return [.store(.loadTrace(shown))] }
      return []
    }
    keepReviewUnless(affected: Set(traces))
    opening = Place(trace: target)
    openingKey = report.events.lazy.compactMap(\.event.hunk).first
    return [.store(.loadTrace(target)), .store(.rememberPlace(Place(trace: target)))]
  }

  /// Shows what a rule did.
  mutating func took(_ report: RuleReport) -> [Effect] {
    let before = report.summaries.filter { queue.row(of: $0.id)?.status != .approved }
    for row in before where row.status == .approved { pace.approved(at: report.at.seconds) }
    queue.update(report.summaries)
    saving.savedAt = report.at.clock
    for row in report.summaries { loaded.forget(row.id) }
    var sentence =
      "rule: \(counted(report.hunks, "hunk")) accepted in \(counted(report.matched, "trace")), "
      + "\(report.approved) approved"
    if let reason = report.reason { sentence += "; the others: \(reason)" }
    notice = Notice(sentence + " · u undoes it", .right)
    if let shown = review?.trace, report.summaries.contains(where: { $0.id == shown }) {
      return [.store(.loadTrace(shown))]
    }
    return []
  }

  private mutating func keepReviewUnless(affected: Set<TraceID>) {
    if let review, !affected.contains(review.trace) {
      loaded.keep(review.review, for: review.trace)
    }
  }
}

extension ReviewEvent {
  /// The hunk it is about.
  var hunk: HunkKey? {
    switch self {
    case .decide(let key, _), .split(let key, _): key
    case .join(let keys, _): keys.first
    case .choose(let region, _): region.first
    case .comment(let key, _): key
    default: nil
    }
  }

  /// What it did, in a word or two.
  var title: String {
    switch self {
    case .decide(_, .accepted): "accept"
    case .decide(_, .rejected): "reject"
    case .decide(_, .tweaked): "edit"
    case .decide(_, .undecided): "reset"
    case .split: "split"
    case .join: "join"
    case .choose: "other proposal"
    case .label: "step label"
    case .firstError: "first error"
    case .comment: "comment"
    case .flag(let on): on ? "flag" : "unflag"
    case .skip(let reason): reason == nil ? "take up again" : "skip"
    case .approve: "approve"
    case .revoke: "revoke"
    }
  }
}

/// A batch in a few words: `accept, approve in trace 17`, `38 changes in 12 traces`.
func describe(_ events: [TraceEvent]) -> String {
  var traces = Set<TraceID>()
  var titles: [(title: String, count: Int)] = []
  for item in events {
    traces.insert(item.trace)
    if let index = titles.firstIndex(where: { $0.title == item.event.title }) {
      titles[index].count += 1
    } else {
      titles.append((item.event.title, 1))
    }
  }
  if let only = events.first, traces.count == 1 {
    let words = titles.map { $0.count > 1 ? "\($0.title) ×\($0.count)" : $0.title }
    return words.joined(separator: ", ") + " in trace \(only.trace.rawValue)"
  }
  return "\(counted(events.count, "change")) in \(counted(traces.count, "trace"))"
}
