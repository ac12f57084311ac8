// Answers as benchmarks write them, by the rule that reads them: a known answer and the same in another notation, or
// something else that stands near it.

/// A known answer and a text that gives it, both ways round.
let sameNotations: [(String, String)] = [
  // Units that measure the same, by their powers, and quantities that convert exactly.
  ("3 m/s^2", #"3\,\text{m s}^{-2}"#), ("60 mph", "60 miles per hour"), ("8 J", "8 joules"),
  ("4 N", #"4\text{ newtons}"#), ("36 km/h", "10 m/s"), ("7 km", "7000 m"),
  ("2 hours", "120 minutes"),
  ("3 weeks", "21 days"), ("$0.25", "25 cents"), ("2 h 30 min", "2.5 hours"), ("5 kN", "5000 N"),
  ("4 weeks and 3 days", "31 days"), ("180°", #"\pi \text{ rad}"#), ("250 cm", "2.5 m"),
  ("2 m^2", #"2\text{ square meters}"#), ("9 square feet", "9 ft^2"), ("$1.5B", "$1.5 billion"),
  ("$20k", "$20,000"), ("Rs. 45", "45"), ("7.5", "7.5m²"), ("7.5", "7.5m^3"),
  // Repeating decimals in brackets.
  ("1/9", "0.(1)"), ("7/30", "0.2(3)"),
  // Distances, and values that solve an equation.
  ("|x| = 4", #"x = \pm 4"#), ("|x-1| = 2", "x = 3 or x = -1"), ("|2x| = 6", #"x = \pm 3"#),
  ("x^2 = 9", #"x = \pm 3"#), ("x^2 - 5x + 6 = 0", "x = 2 or x = 3"),
  ("t(t-4) = 0", "t = 0 or t = 4"),
  ("x^2 = 5", #"x = \pm\sqrt{5}"#), ("|x| = 0", "x = 0"),
  // ± inside a tuple.
  (#"(\pm 2, 1)"#, "(2, 1), (-2, 1)"), (#"(0, \pm\sqrt{3})"#, #"(0, \sqrt{3}), (0, -\sqrt{3})"#),
  // Ratios.
  ("2:3", "4:6"), ("1:2:3", "3:6:9"),
  // Letters of several choices.
  ("ACD", "A, C, D"), ("BD", "B and D"), ("(A), (C)", "AC"),
  // Sets without some points, and the whole line.
  (#"x \ne 4"#, #"\mathbb{R} \setminus \{4\}"#), (#"(0,1) \cup (1,5)"#, #"(0,5)\setminus\{1\}"#),
  (#"\mathbb{R}\setminus\{-1,1\}"#, #"(-\infty,-1)\cup(-1,1)\cup(1,\infty)"#),
  (#"\mathbb R"#, "all real numbers"), (#"\mathbb{Z}"#, #"\mathbb Z"#),
  // Functions and letters of physics.
  (#"\frac{e^{t}-e^{-t}}{2}"#, #"\sinh t"#), (#"\frac{\sinh x}{\cosh x}"#, #"\tanh x"#),
  (#"\binom{n}{2}"#, #"\frac{n(n-1)}{2}"#), (#"mg\cos\theta"#, #"m g \cos \theta"#),
  (#"\sqrt{\frac{2GM}{r}}"#, #"\sqrt{2GM/r}"#), (#"\vec{a}+\vec{b}"#, #"\vec b + \vec a"#),
  (#"3\hat{i} - \hat{j}"#, #"-\hat{j} + 3\hat{i}"#), (#"\langle 2, 3\rangle"#, "(2, 3)"),
  ("12xy", "12 xy"),
  // Determinants and bases.
  ("-2", #"\begin{vmatrix} 1 & 2 \\ 3 & 4 \end{vmatrix}"#), (#"\text{BEEF}_{16}"#, "BEEF_{16}"),
  // Numbers in words and wide signs.
  ("7", "seven (7)"), ("40", "40 (forty)"), ("二十三", "23"), ("三分之二", "2/3"), ("x＞５", "x > 5"),
  ("b = 5, a = 3", "5, 3"), ("b = 5, a = 3", "3, 5"), ("no solution", "No solutions"),
  ("7 remainder 3", "7 R 3"), ("2024-03-09", "March 9, 2024"),
  ("=> 9", "9"), (": 9", "9"),
]

/// A known answer and something else.
let otherNotations: [(String, String)] = [
  // Letters that multiply behind a number are no unit.
  ("36", "36 xy"), ("36", "36 ab"), ("36", "36 abc"), ("36", "36 pqr"), ("36", "36 xyz"),
  ("7.5", "7.5m^4n"), ("7", "7m²"), ("7.5", "7.5m"), ("36", "36 m/n"), ("36", "36 BC"),
  ("5", "5 axy"),
  // Other powers of the same units, and other units.
  ("8 m/s", "8 m/s^2"), ("8 m/s", "8 s/m"), ("8 miles per hour", "8 hours per mile"),
  ("8 dollars per egg", "8 eggs per dollar"), ("8 J", "8 kJ"), ("8 N", "8 J"), ("8 km", "8 m"),
  ("1 hour", "59 minutes"), ("5", "5 degrees squared"), ("180°", "180 rad"), ("20 °C", "20 °F"),
  ("60", "1 hour"), ("500", "5 m"),
  // A choice whose content is another.
  ("(C) 15", "(C) 16"), ("(C) 15", "(D) 15"),
  // Lists that say which value is which.
  ("a = 3, b = 5", "5, 3"), ("x = 3, y = 5", #"\{5, 3\}"#), ("2 red, 6 blue", "6, 2"),
  ("2 red, 6 blue", "6 red, 2 blue"), ("AB", "A, C"), ("ABC", "A, B"),
  // What is left out.
  ("8", "8..."), ("8", "8…"), ("0.5", "0.(5)"), ("0.6", "0.(6)"),
  // Dates in numbers are no differences.
  ("2024-03-09", "2024-09-03"), ("2012", "2020-05-03"),
  // Derivatives are no quotients.
  (#"\frac{dy}{dx}"#, #"\frac{y}{x}"#), (#"\frac{d}{dt}"#, #"\frac{1}{t}"#),
  (#"\frac{\partial f}{\partial x}"#, #"\frac{f}{x}"#),
  ("12:00", "1:00"), ("0:3", "0:5"),
  // Matrices, determinants, marked letters, ratios that may be times.
  (#"\begin{pmatrix}1&2\\3&4\end{pmatrix}"#, #"\begin{vmatrix}1&2\\3&4\end{vmatrix}"#),
  ("2", #"\begin{vmatrix} 1 & 2 \\ 3 & 4 \end{vmatrix}"#), (#"\vec{v}"#, #"\hat{v}"#),
  (#"3\hat{i}"#, "3i"), ("1:15", "2:30"), ("2:3", "3:2"), ("2:3", "4:5"),
  // Values of an equation.
  ("|x| = 4", "x = 4"), ("|x| = 4", #"x = \pm 5"#), ("x^2 = 9", "x = 3"),
  ("x^2 = 9", #"x = \pm 9"#),
  ("x^2 - 5x + 6 = 0", "x = 2 or x = 4"), ("|z| = 1", #"z = \pm 1"#), ("|A| = 3", #"A = \pm 3"#),
  (#"(\pm 2, 1)"#, "(2, 1)"), (#"(\pm 2, \pm 1)"#, "(2, 1), (-2, -1)"),
  // Sets without points.
  (#"x \ne 4"#, #"\mathbb{R} \setminus \{5\}"#), (#"(0,5)"#, #"(0,5)\setminus\{1\}"#),
  (#"(0,1) \cup (1,5)"#, #"(0,5)\setminus\{2\}"#), (#"\mathbb{R}"#, #"\mathbb{Q}"#),
  // Doubles that cannot tell.
  (#"e^{\pi\sqrt{163}}"#, "262537412640768744"), (#"e^{30}"#, "10686474581524"),
  // Remainders and numbers in words.
  ("7 remainder 3", "7 remainder 2"), ("7", "7 remainder 3"), ("7", "seven (8)"),
  ("7", "8 (seven)"),
  ("3", "3平方"), ("3", "3次方"), ("三", "十三"), ("1/3", "二分之三"), ("$3", "$3k"), ("3", "$3M"),
]

/// Replies whose box holds no whole answer of 12, or none that is meant.
let boxesOfParts: [String] = [
  #"x > \boxed{12}"#, #"n >\boxed{12}"#, #"at $x > \boxed{12}$"#, #"up to \boxed{12}"#,
  #"between 3 and \boxed{12}"#, #"2 \boxed{12}"#, #"13, \boxed{12}"#, #"|\boxed{12}|x"#,
  #"f(\boxed{12})"#, #"$\sin(\boxed{12})$"#, #"$\{\boxed{12}, 13\}$"#, #"half of \boxed{12}"#,
  #"It is the square of \boxed{12}."#, #"the reciprocal of \boxed{12}"#, #"\boxed{12} : 13"#,
  #"\boxed{12} – 13"#, #"\boxed{12} to 15"#, #"\boxed{12} to the power 3"#, #"\boxed{12} by 3"#,
  #"I doubt it is \boxed{12}."#, #"It is not true that x = \boxed{12}."#,
  #"If x = \boxed{12}, then"#,
  #"Wrong: \boxed{12}"#, #"Incorrect answer: \boxed{12}"#, #"A common mistake is \boxed{12}."#,
  #"Some would say \boxed{12}."#, #"For example, \boxed{12}."#, #"Student's answer: \boxed{12}"#,
  #"My first guess was \boxed{12}."#, #"{"answer": "not 12"}"#,
  #"{"answer": 12, "final_answer": 13}"#,
  "It is not 12 but 13.", "It is not 10, maybe 12.", "It is not 10 but 12 and 13.",
  "The answer is 12, so 13.", "The answer is 12 a day, which is 84 a week.",
  "I could not solve it. It took 12 minutes.", "She runs up to 12 miles.",
]

/// Replies that give 12.
let repliesOfTwelve: [String] = [
  "It is not 10 but 12 km.", "it's not 10, it's 12",
  #"$\frac{1}{2} \times 3 \times 8 = \boxed{12}$"#,
  #"so $3 \times 4 = \boxed{12}$ if you like"#, #"\boxed{12} to make a salad."#,
  #"It costs \boxed{\$12} to make a salad."#,
  #"She pays $\boxed{12}$ by the end of the week."#, #"<b>\boxed{12}</b>"#, #"=> \boxed{12}"#,
  #"> \boxed{12}"#, #"Step 3: \boxed{12}"#, #"| total | \boxed{12} |"#, #"Hence, x = \boxed{12}."#,
  #"{"answer": 12}"#, #"{"reasoning": "5 + 7", "answer": "12"}"#,
  #"{"final_answer": "\\boxed{12}"}"#,
  "```json\n{\"answer\": \"12\"}\n```", "Ans. 12", "Answer\n\n12", "[ANSWER]12[/ANSWER]",
  "答：一共有12个苹果。", "【答案】12", "【答案】12\n【解析】5+7=12", "The answer is twelve (12).",
  "◁think▷ 11 ◁/think▷ The answer is 12", "The answer is 12, which is 2 more than 10.",
]

/// More of both, from a second look: what units, letters, ratios and values of an unknown are near.
let nearNotations: [(gold: String, answer: String, isSame: Bool)] = [
  ("|x| = 5", "|x| < 5", false), (#"x = \pm 5"#, "-5 < x < 5", false),
  ("x = 1 or x = 2", "1 < x < 2", false),
  ("3:15", "1:05", false), ("2:10", "1:05", false), ("10:50", "1:5", false), ("3:5", "6:10", false),
  ("AC", "A or C", false), ("A, C", "A or C", false), ("A or C", "C or A", true),
  ("3 Mg", "3 mg", false), ("3 Mm", "3 mm", false), ("9", "9 gh", false), ("9", "9 de", false),
  ("9", "9 nm", false),
  ("9", "9 abcd", false), ("9", "9 xyzw", false), ("9", "9 kWh", true), ("9", "9 ms", true),
  ("9", "9 boxes", true), ("9", "9 TVs", true), ("9", "9 tsp", true), ("9", "9 pkg", true),
  ("9", "9 tbt", false), ("9", "9 ice cubes", true), ("9", "9 hats", true),
  ("9 L", "9 liters", true), ("9 L", "9 l", true), ("2 kWh", "7.2 MJ", true),
  ("2 m^3", "2000 liters", true),
  ("5 kg m/s^2", "5 N", true), ("6 J/s", "6 W", true), ("25 °C", "25 degrees Celsius", true),
  ("25 °C", "25 degrees Fahrenheit", false), ("9 inches", "9 in", true), ("9", "Total: 9", true),
  ("9", "Wrong: 9", false), ("9", "Error: 9", false), ("9", "Alice: 9", false),
  ("12:00", "1:00", false),
  ("9", #"{"answer": {"value": 9}}"#, false), ("9", #"{"value": 9}"#, false),
  ("9", #"{"answer": [9]}"#, false),
  ("9", "Sure!\n```json\n{\"answer\": 9}\n```", true), ("9", "It is 9, not 8.", true),
  ("8", "It is 9, not 8.", false), ("9", "It's not 9 and it's not 8.", false),
  ("9", #"\boxed{9\ }"#, true),
]

/// Found by changing answers that are right: a sign, a word or a value more.
let changedNotations: [(gold: String, answer: String, isSame: Bool)] = [
  ("C", #"\boxed{(C) is wrong}"#, false), ("C", "C. Paris is wrong", false),
  ("C", "(C) + 1", false),
  ("C", "(C)^3", false), ("C", "(C) / 2", false), ("C", "(C) x 3", false), ("C", "(C) -5", true),
  ("C", "(C) It does not change", true), ("(B) 12", "(B) is wrong", false), ("5", "*5* + 1", false),
  ("14", #"\boxed{14} miles + 1"#, false), ("14", #"\boxed{14} miles or 7"#, false),
  ("14", #"\boxed{14} miles, 7"#, false), ("14", #"\boxed{14} miles / 2"#, false),
  ("14", #"\boxed{14} miles - 7"#, false), ("14", #"\boxed{14} miles, as wanted"#, true),
  ("all real numbers", #"\mathbb{R}"#, true), (#"\mathbb{R}"#, "all real numbers - x", false),
  ("June 20", "June 20, 7", false), ("June 20", "June 20, 2007", true), ("24", "2 dozen^3", false),
  (#"\pi"#, #"\pi \approx 3.15159"#, false), (#"\pi"#, #"\pi \approx 3.1416"#, true),
  ("2/3", #"2/3 \approx 0.66"#, true), ("2/3", #"2/3 \approx 0.7"#, true),
  ("12", #"12 \approx 13"#, false),
  ("EUR 45", "$45", false), ("EUR 45", "€45", true), ("USD 45", "$45", true), ("60°", "60度", true),
  ("5cm", "5厘米", true), ("5cm", "5米", false), ("1小时20分钟", "80分钟", true), ("15分钟", "15小时", false),
  ("540", "540 meters a week", true),
  (#"\lfloor n/2 \rfloor"#, #"\lfloor \frac{n}{2} \rfloor"#, true),
  (#"\lfloor n/2 \rfloor"#, #"\lceil n/2 \rceil"#, false),
  ("B", "Thus, the best choice is **(B)**.", true),
  ("{x | -1 < x < 2}", "(-1, 2)", true), ("{x | -1 < x < 2}", "(-1, 2]", false),
  ("-7", "答案是负7", true),
  ("7", "答案是负7", false), (#"-\infty"#, "-inf", true), (#"\infty"#, "-inf", false),
]
