import LancetCanvas
import LancetCore
import Testing

@testable import LancetApp

@Test func `show me`() {
  for (c, r) in [(80, 24), (120, 30), (140, 44)] {
    var s = ScreenTest.review(columns: c, rows: r, traces: 3)
    print(s.canvas.snapshot())
    s.type("a x")
    print(s.canvas.snapshot())
  }
}
