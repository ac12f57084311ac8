// `for` loops with their `loop` variable, and macros with their `caller`.

import LancetCore

extension JinjaEvaluator {
  /// What `loop` knows of one `for`.
  struct LoopState {
    var index = 0
    var elements: [JinjaValue]
    var depth: Int
    /// What ``loop.changed`` saw last.
    var seen: [JinjaValue]?
    /// The loop itself and the scope around it, when it may call itself.
    var recursion: (loop: JinjaLoop, scope: JinjaScope)?
  }

  /// A macro with the scope it was defined in, whose variables it sees.
  struct MacroValue {
    var macro: JinjaMacro
    var scope: JinjaScope
    var name: String { macro.name }
  }

  mutating func run(_ loop: JinjaLoop, over value: JinjaValue, depth: Int, _ line: Int)
    throws(ModelError) -> Flow
  {
    var scopes: [JinjaScope] = []
    var elements: [JinjaValue] = []
    for element in try items(of: value, line) {
      try charge(bytes: 64)
      let inner = JinjaScope(in: scope)
      try bind(element, to: loop.target, in: inner, line)
      if let condition = loop.condition {
        if !(try holds(condition, in: inner)) { continue }
      }
      scopes.append(inner)
      elements.append(element)
    }
    if scopes.isEmpty { return try run(loop.otherwise, in: JinjaScope(in: scope)) }
    let number = loops.count
    loops.append(
      LoopState(
        elements: elements, depth: depth, recursion: loop.isRecursive ? (loop, scope) : nil))
    for (index, inner) in scopes.enumerated() {
      loops[number].index = index
      inner.values["loop"] = .loop(number)
      if case .leaveLoop = try run(loop.body, in: inner) { break }
    }
    // Kept until the rendering ends: a value may still name the loop, but not what it went through.
    loops[number].elements = []
    loops[number].recursion = nil
    return .onward
  }

  /// `loop.index` and the like.
  func loopField(_ number: Int, _ name: String) -> JinjaValue {
    let state = loops[number]
    let count = state.elements.count
    switch name {
    case "index": return .int(state.index + 1)
    case "index0": return .int(state.index)
    case "revindex": return .int(count - state.index)
    case "revindex0": return .int(count - state.index - 1)
    case "first": return .bool(state.index == 0)
    case "last": return .bool(state.index == count - 1)
    case "length": return .int(count)
    case "depth": return .int(state.depth + 1)
    case "depth0": return .int(state.depth)
    case "previtem":
      return state.index > 0 ? state.elements[state.index - 1] : .undefined("previtem")
    case "nextitem":
      return state.index + 1 < count ? state.elements[state.index + 1] : .undefined("nextitem")
    case "cycle", "changed": return .method(.loop(number), name)
    default: return .undefined(name)
    }
  }

  /// `loop.cycle(…)` and `loop.changed(…)`.
  mutating func loopMethod(_ number: Int, _ name: String, _ arguments: Arguments, _ line: Int)
    throws(ModelError) -> JinjaValue
  {
    if name == "cycle" {
      guard !arguments.positional.isEmpty else { throw failure(line, "nothing to cycle through") }
      return arguments.positional[loops[number].index % arguments.positional.count]
    }
    let seen = loops[number].seen
    loops[number].seen = arguments.positional
    guard let seen, seen.count == arguments.positional.count else { return .bool(true) }
    for (a, b) in zip(seen, arguments.positional) where !(try equal(a, b)) { return .bool(true) }
    return .bool(false)
  }

  /// `loop(children)` of a recursive loop.
  mutating func recurse(_ number: Int, _ arguments: Arguments, _ line: Int) throws(ModelError)
    -> JinjaValue
  {
    guard let (loop, outer) = loops[number].recursion else {
      throw failure(line, "the loop is not recursive")
    }
    let outside = scope
    scope = outer
    defer { scope = outside }
    let depth = loops[number].depth + 1
    let children = arguments.positional.first ?? .undefined("children")
    return .string(
      try captured { (evaluator: inout JinjaEvaluator) throws(ModelError) in
        try evaluator.run(loop, over: children, depth: depth, line)
      })
  }

  private mutating func holds(_ condition: JinjaExpression, in inner: JinjaScope)
    throws(ModelError) -> Bool
  {
    let outside = scope
    scope = inner
    defer { scope = outside }
    return try value(condition).isTrue
  }

  /// Makes a macro of the scope in force.
  mutating func define(_ macro: JinjaMacro) -> JinjaValue {
    macros.append(MacroValue(macro: macro, scope: scope))
    return .macro(macros.count - 1)
  }

  /// Calls a macro: its text is its value.
  mutating func call(macro number: Int, _ arguments: Arguments, _ line: Int) throws(ModelError)
    -> JinjaValue
  {
    try charge(bytes: 256)
    let macro = macros[number].macro
    let inner = JinjaScope(in: macros[number].scope)
    let outside = scope
    scope = inner
    defer { scope = outside }
    var named = arguments.named
    for (index, parameter) in macro.parameters.enumerated() {
      if index < arguments.positional.count {
        guard named[parameter.name] == nil else {
          throw failure(line, "the macro ‘\(macro.name)’ got its ‘\(parameter.name)’ twice")
        }
        inner.values[parameter.name] = arguments.positional[index]
      } else if let value = named.removeValue(forKey: parameter.name) {
        inner.values[parameter.name] = value
      } else if let fallback = parameter.fallback {
        inner.values[parameter.name] = try value(fallback)
      } else {
        inner.values[parameter.name] = .undefined(parameter.name)
      }
    }
    if macro.special.contains("caller") {
      if inner.values["caller"] == nil {
        inner.values["caller"] = named.removeValue(forKey: "caller") ?? .undefined("caller")
      }
    }
    if macro.special.contains("kwargs") {
      let rest = named.sorted { $0.key < $1.key }.map { (key: $0.key, value: $0.value) }
      inner.values["kwargs"] = try dictionary(rest, line)
      named = [:]
    }
    let extra = Array(arguments.positional.dropFirst(macro.parameters.count))
    if macro.special.contains("varargs") {
      inner.values["varargs"] = try list(extra, isTuple: true, line)
    } else if !extra.isEmpty {
      throw failure(
        line, "the macro ‘\(macro.name)’ takes no more than \(macro.parameters.count) arguments")
    }
    if let name = named.keys.sorted().first {
      throw failure(line, "the macro ‘\(macro.name)’ takes no argument ‘\(name)’")
    }
    return .string(try captured(macro.body).0)
  }
}
