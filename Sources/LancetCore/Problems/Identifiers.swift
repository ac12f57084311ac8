// The identifiers of stored records. Each is its own type, so that a trace's number cannot be passed where a
// proposal's is due.

/// The number of a problem in its session file.
public struct ProblemID: RawRepresentable, Hashable, Comparable, Sendable {
  /// The number.
  public var rawValue: Int64
  /// The identifier with this number.
  public init(rawValue: Int64) { self.rawValue = rawValue }
  /// Whether one number is smaller than the other.
  public static func < (a: Self, b: Self) -> Bool { a.rawValue < b.rawValue }
}

/// The number of a trace in its session file; what a person types after `--trace`.
public struct TraceID: RawRepresentable, Hashable, Comparable, Sendable {
  /// The number.
  public var rawValue: Int64
  /// The identifier with this number.
  public init(rawValue: Int64) { self.rawValue = rawValue }
  /// Whether one number is smaller than the other.
  public static func < (a: Self, b: Self) -> Bool { a.rawValue < b.rawValue }
}

/// The number of a proposal in its session file.
public struct ProposalID: RawRepresentable, Hashable, Comparable, Sendable {
  /// The number.
  public var rawValue: Int64
  /// The identifier with this number.
  public init(rawValue: Int64) { self.rawValue = rawValue }
  /// Whether one number is smaller than the other.
  public static func < (a: Self, b: Self) -> Bool { a.rawValue < b.rawValue }
}

/// The number of an approved pair in its session file.
public struct PairID: RawRepresentable, Hashable, Comparable, Sendable {
  /// The number.
  public var rawValue: Int64
  /// The identifier with this number.
  public init(rawValue: Int64) { self.rawValue = rawValue }
  /// Whether one number is smaller than the other.
  public static func < (a: Self, b: Self) -> Bool { a.rawValue < b.rawValue }
}
