// Steps of a trace and the arithmetic found in them.

/// Whether a stated result is right; `unknown` whenever in doubt.
public enum CheckVerdict: String, CaseIterable, Hashable, Sendable {
  case right, wrong, unknown
}

/// One `expression = value` found in a trace.
public struct Check: Hashable, Sendable {
  /// The whole of it, in bytes of the trace.
  public var bytes: Range<Int>
  /// The bytes of the stated value alone: what an Oracle would replace.
  public var statedBytes: Range<Int>
  /// The left side as written.
  public var expression: String
  /// The value after `=` as written, without signs of money and percent.
  public var stated: String
  /// The left side's value as computed, in the shortest exact spelling; nil when it could not be computed.
  public var computed: String?
  /// Whether they agree.
  public var verdict: CheckVerdict

  /// A check with its places and its verdict.
  public init(
    bytes: Range<Int>, statedBytes: Range<Int>, expression: String, stated: String,
    computed: String?, verdict: CheckVerdict
  ) {
    self.bytes = bytes
    self.statedBytes = statedBytes
    self.expression = expression
    self.stated = stated
    self.computed = computed
    self.verdict = verdict
  }
}

/// A line or numbered unit of a trace.
public struct Step: Hashable, Sendable {
  /// 0 for the first.
  public var index: Int
  /// Its bytes in the trace.
  ///
  /// Steps are in order and do not overlap; white space between them belongs to none.
  public var bytes: Range<Int>
  /// The arithmetic found in it.
  public var checks: [Check]
  /// Wrong when a check is wrong, right when all are right and there is at least one, else unknown.
  public var verdict: CheckVerdict
  /// Why nobody looked for arithmetic in it or in a part of it; nil when somebody did.
  public var unread: UnreadArithmetic.Reason?

  /// A step with its place and what was found in it.
  public init(
    index: Int, bytes: Range<Int>, checks: [Check], verdict: CheckVerdict,
    unread: UnreadArithmetic.Reason? = nil
  ) {
    self.unread = unread
    self.index = index
    self.bytes = bytes
    self.checks = checks
    self.verdict = verdict
  }
}
