// Decision events as stored: a kind and a JSON payload. The kinds and keys are part of the file format.

import LancetCore

extension ReviewEvent {
  /// The word in the `kind` column.
  var kind: String {
    switch self {
    case .decide: "decide"
    case .split: "split"
    case .join: "join"
    case .choose: "choose"
    case .label: "label"
    case .firstError: "first-error"
    case .comment: "comment"
    case .flag: "flag"
    case .skip: "skip"
    case .approve: "approve"
    case .revoke: "revoke"
    }
  }

  /// The `payload` column.
  var payload: JSON {
    func object(_ members: (String, JSON)...) -> JSON {
      .object(members.map { JSON.Member($0.0, $0.1) })
    }
    switch self {
    case .decide(let key, let decision):
      switch decision {
      case .undecided: return object(("hunk", key.json), ("decision", .string("undecided")))
      case .accepted: return object(("hunk", key.json), ("decision", .string("accepted")))
      case .rejected: return object(("hunk", key.json), ("decision", .string("rejected")))
      case .tweaked(let text):
        return object(
          ("hunk", key.json), ("decision", .string("tweaked")), ("text", .string(text)))
      }
    case .split(let key, let pieces):
      return object(("hunk", key.json), ("into", .array(pieces.map(\.json))))
    case .join(let keys, let into):
      return object(("hunks", .array(keys.map(\.json))), ("into", into.json))
    case .choose(let region, let replacement):
      return object(
        ("region", .array(region.map(\.json))), ("replacement", .array(replacement.map(\.json))))
    case .label(let byte, let label):
      return object(("step", .int(byte)), ("label", label.map { .int($0.rawValue) } ?? .null))
    case .firstError(let byte):
      return object(("step", byte.map { .int($0) } ?? .null))
    case .comment(let key, let text):
      return object(("hunk", key?.json ?? .null), ("text", .string(text)))
    case .flag(let on): return object(("on", .bool(on)))
    case .skip(let reason):
      return object(("reason", reason.map { .string($0.rawValue) } ?? .null))
    case .approve(let reason):
      return object(("override", reason.map { .string($0) } ?? .null))
    case .revoke: return object()
    }
  }

  /// Reads an event back; nil when kind or payload are none of ours.
  init?(kind: String, payload: JSON) {
    switch kind {
    case "decide":
      guard let key = HunkKey(payload["hunk"]), let word = payload["decision"]?.string else {
        return nil
      }
      switch word {
      case "undecided": self = .decide(key, .undecided)
      case "accepted": self = .decide(key, .accepted)
      case "rejected": self = .decide(key, .rejected)
      case "tweaked":
        guard let text = payload["text"]?.string else { return nil }
        self = .decide(key, .tweaked(text))
      default: return nil
      }
    case "split":
      guard let key = HunkKey(payload["hunk"]), let pieces = HunkKey.list(payload["into"]) else {
        return nil
      }
      self = .split(key, into: pieces)
    case "join":
      guard let keys = HunkKey.list(payload["hunks"]), let into = HunkKey(payload["into"]) else {
        return nil
      }
      self = .join(keys, into: into)
    case "choose":
      guard let region = HunkKey.list(payload["region"]),
        let replacement = HunkKey.list(payload["replacement"])
      else { return nil }
      self = .choose(region: region, replacement: replacement)
    case "label":
      guard let byte = payload["step"]?.int, let value = payload["label"] else { return nil }
      if value == .null {
        self = .label(stepAt: byte, nil)
      } else {
        guard let label = value.int.flatMap(StepLabel.init) else { return nil }
        self = .label(stepAt: byte, label)
      }
    case "first-error":
      guard let value = payload["step"] else { return nil }
      guard value == .null || value.int != nil else { return nil }
      self = .firstError(stepAt: value.int)
    case "comment":
      guard let hunk = payload["hunk"], let text = payload["text"]?.string else { return nil }
      let key = HunkKey(hunk)
      guard hunk == .null || key != nil else { return nil }
      self = .comment(hunk: key, text)
    case "flag":
      guard let on = payload["on"]?.bool else { return nil }
      self = .flag(on)
    case "skip":
      guard let value = payload["reason"] else { return nil }
      let reason = value.string.flatMap(SkipReason.init)
      guard value == .null || reason != nil else { return nil }
      self = .skip(reason)
    case "approve":
      guard let value = payload["override"] else { return nil }
      guard value == .null || value.string != nil else { return nil }
      self = .approve(override: value.string)
    case "revoke": self = .revoke
    default: return nil
    }
  }
}

extension HunkKey {
  /// `[proposal, minus begin, minus end, plus begin, plus end]`.
  var json: JSON {
    .array([
      .int(Int(proposal.rawValue)), .int(minus.lowerBound), .int(minus.upperBound),
      .int(plus.lowerBound), .int(plus.upperBound),
    ])
  }

  /// Reads a key back; nil when it is no list of five numbers in order.
  init?(_ json: JSON?) {
    guard let numbers = json?.array?.compactMap(\.int), numbers.count == 5,
      json?.array?.count == 5, 0 <= numbers[1], numbers[1] <= numbers[2],
      0 <= numbers[3], numbers[3] <= numbers[4]
    else { return nil }
    self.init(
      proposal: ProposalID(rawValue: Int64(numbers[0])), minus: numbers[1]..<numbers[2],
      plus: numbers[3]..<numbers[4])
  }

  static func list(_ json: JSON?) -> [HunkKey]? {
    guard let values = json?.array else { return nil }
    var keys: [HunkKey] = []
    for value in values {
      guard let key = HunkKey(value) else { return nil }
      keys.append(key)
    }
    return keys
  }
}
