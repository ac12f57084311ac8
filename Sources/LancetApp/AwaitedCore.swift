// Stand-ins for records of the core and canvas that land minutes from now; this file goes when they do.
import LancetCore
import LancetCanvas
public struct Theme: Sendable { public var name: String }
public struct ReviewInput: Sendable { public var problem: Problem; public var trace: Trace; public var proposals: [Proposal] }
public struct ReviewHunk: Sendable { public var key: HunkKey; public var number: Int }
public struct Review: Sendable { public var input: ReviewInput; public init(_ i: ReviewInput, events: [ReviewEvent] = []) { input = i}
 public var hunks: [ReviewHunk] { [] }
 public mutating func apply(_ e: ReviewEvent) {} }
public struct RuleError: LancetError { public var what: String; public var place: String; public var advice: String; public var exitCode: ExitCode { .usage } }
public struct Rule: Sendable { public init(parsing: String) throws(RuleError) { throw RuleError(what: "", place: "", advice: "") }; public func matches(_ s: TraceSummary) -> Bool { true } }
