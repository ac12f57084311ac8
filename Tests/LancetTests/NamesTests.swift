// Numbers as the commands print them.

import Testing

@testable import lancet

@Test func `numbers for people have four digits`() {
  #expect(short(0) == "0")
  #expect(short(1.386294) == "1.386")
  #expect(short(-267.45678) == "-267.5")
  #expect(short(.nan) == "nan")
}
