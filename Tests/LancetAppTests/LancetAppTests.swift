// The table of bindings as a whole: names, keys, scopes, the key file.
import LancetCanvas
import Testing

@testable import LancetApp

@Test func `no two bindings of one place share a key`() {
  let conflicts = BindingTable.shipped.conflicts.map { "\($0.key.name): \($0.first), \($0.second)" }
  #expect(conflicts.isEmpty, "\(conflicts)")
}

@Test func `every binding has its own name, and its keys have names that read back`() {
  let table = BindingTable.shipped
  #expect(Set(table.all.map(\.id)).count == table.all.count)
  for binding in table.all {
    #expect(!binding.summary.isEmpty && !binding.scopes.isEmpty, "\(binding.id)")
    for key in binding.keys { #expect(Key(name: key.name) == key, "\(binding.id) \(key.name)") }
  }
}

@Test func `Esc quits nowhere, and d, Backspace and Delete do nothing anywhere`() {
  let table = BindingTable.shipped
  for scope in BindingTable.shipped.scopes {
    if let binding = table.binding(for: .escape, in: scope) {
      var test = ScreenTest()
      #expect(!binding.action(&test.state).contains(.terminal(.quit)), "\(scope)")
    }
    guard !scope.isText else { continue }
    for key in [Key.char("d"), .backspace, .delete] {
      #expect(table.binding(for: key, in: scope) == nil, "\(scope) \(key.name)")
    }
  }
}

@Test func `a key file changes keys, hints and help, and says what it did not take`() {
  let text = """
    # my keys
    queue.open = o Enter
    queue.flag = f
    nothing.here = z
    queue.sort = Hyper-x
    queue.filter = j
    queue.copy
    queue.skip =
    """
  let (table, warnings) = BindingTable.shipped.applying(keyFile: text)
  #expect(table["queue.open"]?.keys == [.char("o"), .enter])
  #expect(table["queue.flag"]?.keys == [.char("f")])
  #expect(table["queue.skip"]?.keys == [])
  #expect(table["queue.sort"]?.keys == [.char("s")])
  #expect(table["queue.filter"]?.keys == [])
  #expect(warnings.map(\.line).sorted() == [4, 5, 6, 7])
  #expect(warnings.contains { $0.sentence.contains("taken by queue.down") })
  var test = ScreenTest()
  test.state.bindings = table
  test.expect("o open")
  test.type("o")
  #expect(test.state.screen == .review)
}

@Test func `two keys can be swapped in a key file`() {
  let (table, warnings) = BindingTable.shipped.applying(
    keyFile: "queue.flag = S\r\nqueue.skip = m\r\n")
  #expect(warnings.isEmpty)
  #expect(table.binding(for: .char("S"), in: .queue)?.id == "queue.flag")
  #expect(table.binding(for: .char("m"), in: .queue)?.id == "queue.skip")
}
