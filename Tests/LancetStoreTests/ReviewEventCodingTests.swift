// Every decision event survives being written and read back, and nothing else is read as one.

import LancetCore
import Testing

@testable import LancetStore

@Suite struct ReviewEventCodingTests {
  static let key = HunkKey(proposal: ProposalID(rawValue: 7), minus: 3..<9, plus: 4..<4)
  static let other = HunkKey(proposal: ProposalID(rawValue: 0), minus: 9..<9, plus: 0..<12)

  static let events: [ReviewEvent] = [
    .decide(key, .undecided), .decide(key, .accepted), .decide(key, .rejected),
    .decide(key, .tweaked("\"quoted\"\n\u{0}\u{1F600} e\u{301}")), .decide(key, .tweaked("")),
    .split(key, into: [key, other]), .split(key, into: []), .join([key, other], into: key),
    .choose(region: [key], replacement: []), .label(stepAt: 0, .right),
    .label(stepAt: 12, .neutral), .label(stepAt: 12, .wrong), .label(stepAt: 5, nil),
    .firstError(stepAt: 44), .firstError(stepAt: nil), .comment(hunk: key, "why"),
    .comment(hunk: nil, ""), .flag(true), .flag(false), .skip(.later), .skip(.giveUp),
    .skip(.badProblem), .skip(nil), .approve(override: nil), .approve(override: "style"), .revoke,
  ]

  @Test(arguments: events) func `an event reads back the same`(event: ReviewEvent) throws {
    let payload = try JSON.parse(event.payload.serialized())
    #expect(ReviewEvent(kind: event.kind, payload: payload) == event)
  }

  @Test func `a tweak keeps its bytes, not only its canonical form`() throws {
    let event = ReviewEvent.decide(Self.key, .tweaked("e\u{301}"))
    let payload = try JSON.parse(event.payload.serialized())
    guard case .decide(_, .tweaked(let text)) = ReviewEvent(kind: "decide", payload: payload) else {
      Issue.record("not a tweak")
      return
    }
    #expect(Array(text.utf8) == [0x65, 0xCC, 0x81])
  }

  @Test(arguments: [
    ("decide", #"{"hunk":[1,9,3,0,0],"decision":"accepted"}"#),
    ("decide", #"{"hunk":[1,-1,3,0,0],"decision":"accepted"}"#),
    ("decide", #"{"hunk":[1,1,3,0],"decision":"accepted"}"#),
    ("decide", #"{"hunk":[1,1,3,0,"x"],"decision":"accepted"}"#),
    ("decide", #"{"hunk":[1,1,3,0,99999999999999999999],"decision":"accepted"}"#),
    ("decide", #"{"hunk":[1,1,3,0,0],"decision":"maybe"}"#),
    ("decide", #"{"hunk":[1,1,3,0,0],"decision":"tweaked"}"#), ("decide", "[]"),
    ("label", #"{"step":1,"label":7}"#), ("label", #"{"step":1}"#), ("skip", #"{"reason":"x"}"#),
    ("approve", "{}"), ("flag", #"{"on":1}"#), ("dance", "{}"), ("", "null"),
  ])
  func `a damaged event is not read`(kind: String, payload: String) throws {
    #expect(ReviewEvent(kind: kind, payload: try JSON.parse(payload)) == nil)
  }
}
