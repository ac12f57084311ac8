// What a script wants decided about one trace, by the hunks' numbers, and carrying it out as one batch.

import LancetCLI
import LancetCore
import LancetStore

/// Decisions about one trace.
struct DecisionRequest {
  var trace: TraceID
  var accept: [Int] = []
  var reject: [Int] = []
  var tweak: [HunkTweak] = []
  var flag: Bool?
  var comment: String?
  var approve = false
  var override: String?

  init(trace: TraceID) { self.trace = trace }

  /// Reads a line of `--batch`.
  init(_ line: JSONLine) throws {
    guard !line.isTooLong else { throw BatchError(line: line.number, what: "the line is too long") }
    let json = try JSON.parse(line.bytes)
    func refuse(_ what: String) -> BatchError { BatchError(line: line.number, what: what) }
    guard let members = json.object else { throw refuse("object expected, found \(json.kind)") }
    guard let trace = json["trace"]?.int else { throw refuse("trace: a whole number expected") }
    self.init(trace: TraceID(rawValue: Int64(trace)))
    func numbers(_ value: JSON, _ field: String) throws -> [Int] {
      guard let array = value.array else { throw refuse("\(field): an array expected") }
      return try array.map {
        guard let number = $0.int else { throw refuse("\(field): whole numbers expected") }
        return number
      }
    }
    for member in members {
      switch member.key {
      case "trace": break
      case "accept": accept = try numbers(member.value, "accept")
      case "reject": reject = try numbers(member.value, "reject")
      case "tweak":
        guard let tweaks = member.value.object else { throw refuse("tweak: an object expected") }
        tweak = try tweaks.map {
          guard let hunk = Int($0.key), let text = $0.value.string else {
            throw refuse("tweak: hunk numbers with texts expected")
          }
          return HunkTweak(hunk: hunk, text: text)
        }
      case "flag": flag = member.value.bool
      case "comment": comment = member.value.string
      case "approve": approve = member.value.bool ?? false
      case "override": override = member.value.string
      default: throw refuse("unknown field \(member.key)")
      }
    }
  }

  /// Stores the decisions as one batch.
  ///
  /// A refused approval is left out of it and its reasons come back.
  func carryOut(in session: SessionFile) throws -> DecisionOutcome {
    let (input, past) = try session.review(of: trace)
    var review = Review(input, events: past)
    var events: [ReviewEvent] = []
    func add(_ number: Int, _ decision: Decision) throws {
      guard let hunk = review.hunk(number: number) else {
        throw StoreError.refusedEvent(
          trace: trace, reason: "there is no hunk \(number), the trace has \(review.hunks.count)")
      }
      events.append(.decide(hunk.key, decision))
    }
    for number in accept { try add(number, .accepted) }
    for number in reject { try add(number, .rejected) }
    for tweak in tweak { try add(tweak.hunk, .tweaked(tweak.text)) }
    if let flag { events.append(.flag(flag)) }
    if let comment { events.append(.comment(hunk: nil, comment)) }
    for event in events { review.apply(event) }
    // The same y⁺ is not approved twice: its pair keeps its number.
    let isApproved =
      review.approval.map { $0.correction.bytesEqual(review.correction) } ?? false
    func commit(_ events: [ReviewEvent]) throws -> Int64? {
      events.isEmpty ? nil : try session.commit(events.map { (trace, $0) }).batch
    }
    var (refusals, batch): ([String], Int64?) = ([], nil)
    // The session judges what it is asked to approve; a reason is only written down where one is needed.
    let ways = override == nil ? [nil] : [nil, override]
    for way in approve && !isApproved ? ways : [] {
      do {
        batch = try commit(events + [.approve(override: way)])
        refusals = []
        break
      } catch StoreError.refusedApproval(_, let reasons) {
        refusals = reasons
      }
    }
    if batch == nil { batch = try commit(events) }
    let (_, now) = try session.review(of: trace)
    return DecisionOutcome(
      trace: trace, batch: batch, assessment: Assessment(Review(input, events: now)),
      pair: try session.livePair(of: trace), refusals: refusals,
      wasApproved: approve && isApproved)
  }
}

/// How a trace stands after the decisions.
struct DecisionOutcome {
  var trace: TraceID
  var batch: Int64?
  var assessment: Assessment
  var pair: PairID?
  var refusals: [String]
  /// Whether an approval was asked for that was there already.
  var wasApproved = false

  var members: [JSON.Member] {
    [
      .init("trace", .int(Int(trace.rawValue))),
      .init("batch", batch.map { .int(Int($0)) } ?? .null),
      .init("correction", .string(assessment.correction)),
      .init("change_ratio", .double(assessment.changeRatio)),
      .init("answer", assessment.after.answer.map { .string($0) } ?? .null),
      .init("verdict", .string(assessment.after.verdict.rawValue)),
      .init("approved", pair.map { .int(Int($0.rawValue)) } ?? .null),
    ]
  }

  var sentence: String {
    let answer = assessment.after.answer.map { " answers \($0)," } ?? ""
    let ratio = Int((min(1, max(0, assessment.changeRatio)) * 100).rounded())
    return "trace \(trace.rawValue):\(answer) \(assessment.after.verdict.rawValue), R \(ratio) %, "
      + (pair.map { (wasApproved ? "approved already as pair " : "pair ") + "\($0.rawValue)" }
        ?? "no pair")
  }
}
