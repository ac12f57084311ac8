// Plain concluding sentences: what a person would read as the answer is a weak one, and nothing else is.

import LancetCore
import Testing

@Suite struct GradingConclusionTests {
  @Test(arguments: [
    ("(7,6)", "So, the ordered pair $(x, y)$ that solves the system is $(7, 6)$."),
    ("x <= 2", "Thus $x <= 2$ is our answer."),
    ("x \\ge 5", "Therefore $x \\geq 5$ is the final answer."),
    ("x > 1", "We find that $x > 1$."),
    ("2/3", "P(A) = 1/2 P(A) = (1/2) * (4/3) Therefore, the probability that she wins is 2/3."),
    (
      "12",
      "Therefore, there are 12 distinct sequences that meet the conditions. I hope it is correct."
    ),
    ("19", "The maximum number of points that could be in the domain of $f(x)$ is 19."),
    ("5", "Hence the least number of eggs is 5."), ("3", "So the remainder is 3."),
    ("3", "Final Answer: Jane started growing it 3 hours ago."),
    ("100%", "Therefore, the minimum error of the position increases by 100%."),
    (
      #"\begin{pmatrix}6&8\\10&12\end{pmatrix}"#,
      #"The sum is $\begin{pmatrix}1&2\\3&4\end{pmatrix} + \begin{pmatrix}5&6\\7&8\end{pmatrix}$."#
    ), (#"\frac{1}{2}"#, #"Simplest fraction: $\frac{2}{4}$"#),
    (
      #"\frac{1}{21}"#, #"Therefore, the probability that both are face cards is \(\frac{1}{21}\)."#
    ),
    ("196", #"Therefore, the area of the emblem is \(196\) square feet."#),
    ("440", #"Thus, he will make a total of \(\$440\) for the day."#),
    ("29", #"Thus, the largest value of \(|z_1 - z_2|^2\), given the conditions, is **29**."#),
    ("35", "Therefore, it takes John 35 minutes to solve the cube."),
    ("63", "So, the family will consume 63 eggs in a week."),
    ("180", "Answer: John has 180 minutes to nap."), ("25 cm", #"Hence, \(AC = 25\) cm."#),
    ("512", #"Therefore, the sum of the elements in the 10th row is \(512\)."#),
    (#"\sqrt{2}"#, #"First $a = 1$. The length of the side is $\sqrt{2}$."#),
  ])
  func `a concluding sentence gives a weak answer`(gold: String, text: String) {
    let found = grade(gold: gold, answer: text)
    #expect(found.verdict == .right)
    #expect(found.strength == .weak)
    // In front of it anything may stand, however long the line is.
    let long = String(repeating: "we add $1 + 1 = 2$ and go on ", count: 60)
    let isLabel = text.contains(": $")
    #expect(isLabel || grade(gold: gold, answer: "\(long). \(text)").verdict == .right)
  }

  @Test(arguments: [
    "So, the pair $(x, y)$ that solves the system is not $5$.",
    "Perhaps the length is $5$.", "If we are lucky, the length is $5$.",
    "Is the length of the side $5$?", "The length is at most $5$.", "Check: $5$ is right.",
    "Given equation: $5$", "Note: $5$", "So the length is $5$ or so, unless it rains.",
    "Thus $5$ is not our answer.", "Thus $5$ is the wrong answer.", "Thus $5$ is our first guess.",
    "So twice the number is 5.", "So the number is less than 5.", "So it could be that it is 5.",
    "The points that could be in the domain are not 5.", "Nobody thought that the number is 5.",
    "There are 5 more that fail.", "So 6 minus the number is 5.", "The number could be 5.",
    "Final Answer: Room 5 has the most people.", "The price rises by 5 and falls by 3.",
    "Therefore the least number is about half of 5.", "So the price is $5$ less than $7$.",
    "So the sum is $5$ and the product is $6$.", "The average of the rest, plus one, is $5$.",
    "Example with eggs: $5$ and more", "So the length squared is $5$.", "The guess was $5$.",
    "So the reciprocal of it is $5$.", "Hence its inverse is $5$.",
    "The answer is close to 5.", "The answer is a multiple of 5.", "Answer: Close to 5",
    "Therefore, after 5 days, nothing is left of it.", "So row 5 has the most people.",
    "Thus, on day 5 she rests again.", "So the answer is the square of 5.",
    #"Hence, \(AC = 5\) times the side."#, #"So it is \(5\) to 7."#, "So he eats 5 and drinks 3.",
    "Therefore, every 5 steps count double.", #"Thus \(5\) or more of them fail."#,
    #"So the chance is \(5\)%."#, "Therefore the length is $5$^2.", "Hence it is $5$/7.",
    #"Therefore, \(5\)% is the answer."#, "The remaining 5 that are left are divided by 2.",
  ])
  func `a sentence that doubts, denies or says something else gives none`(text: String) {
    #expect(grade(gold: "5", answer: text).verdict != .right)
  }
}
