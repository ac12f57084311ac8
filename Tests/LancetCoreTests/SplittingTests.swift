// Steps as people see them.

import LancetCore
import Testing

@Suite struct SplittingTests {
  private func pieces(_ text: String) -> [String] {
    let bytes = Array(text.utf8)
    return splitSteps(text).map { String(decoding: bytes[$0.bytes], as: UTF8.self) }
  }

  @Test(arguments: [
    // A display, an equation environment and a block of code are one piece.
    (
      "First expand.\n\\begin{align*}\n3(4+5) &= 3\\cdot 9 \\\\\n&= 27\n\\end{align*}\nSo it is 27.",
      3
    ),
    ("Compute it.\n```python\nx = 1\n\n1. y\nprint(x)\n```\nIt prints 1.", 3),
    ("We have\n$$\n2 + 3\n= 5\n$$\nDone.", 3), ("~~~\na\nb\n~~~\nb", 2),
    // A fence that never closes cuts nothing.
    ("a\n```\nb\nc", 4),
    // A list belongs to its step; sections are steps when nothing else is.
    ("**Step 1:** List\n1. apple\n2. pear\n\n**Step 2:** Count 2.", 2),
    ("## Count\nThere are 2.\n- a\n- b\n## Sum\n2 + 3 = 5", 2), ("## Plan\n1. Add\n2. Multiply", 3),
    ("Step 1: a\nStep 2: b\n\nTherefore c", 3),
    // Chinese sentences and steps.
    ("首先计算2+3=5。然后5×2=10。所以答案是10。", 3), ("他说：“好！”然后走了。", 2),
    ("第一步：2+3=5\n1. 甲\n第二步：5×2=10", 2), ("步骤1：甲\n步骤2：乙", 2), ("1、甲\n乙\n2、丙", 2),
    // A factorial ends no sentence.
    ("5! = 120", 1), ("So 5! = 120. Then 4! = 24! Good.", 3),
  ])
  func `a trace falls into as many steps as people see`(text: String, count: Int) {
    #expect(pieces(text).count == count, "\(pieces(text))")
    #expect(stepCount(of: text) == count)
  }

  @Test func `a display keeps its lines and the text around it apart`() {
    #expect(pieces("So\n\\[\nx = 5\n\n\\]\nand") == ["So", "\\[", "x = 5", "\\]", "and"])
    #expect(pieces("So\n\\[\nx = 5\n\\]\nand") == ["So", "\\[\nx = 5\n\\]", "and"])
  }
}
