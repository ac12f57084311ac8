// Texts that give 18 as their answer: what must not be refused.

/// Announcements, boxes, bare values and units of 18.
let givenAnswers: [String] = #"""
  \boxed{18}
  $\boxed{18}$
  $\boxed{18}$.
  \[\boxed{18}\]
  \[ x = \boxed{18} \]
  $$x = \boxed{18}$$
  $$\boxed{18}.$$
  $x=\boxed{18}$ eggs.
  The answer is $\boxed{18}$ eggs.
  Thus, the answer is $\boxed{18}$, as desired.
  Therefore she has \boxed{18} eggs left.
  So the total is $\boxed{18}$ dollars per day.
  So the total is \$\boxed{18}.
  So the total is $\boxed{\$18}$.
  So the total is $\$\boxed{18}$.
  Hence $n = 2 \cdot 9 = \boxed{18}$.
  Hence $n = 2 \cdot 9 = \boxed{18}$, which is even.
  Hence $2+16 = \boxed{18}$ is the answer.
  $\boxed{18}$ is the answer.
  $\boxed{18}$ is our final answer.
  The number of integers not divisible by 3 is \boxed{18}.
  The number of ways that no two are adjacent is $\boxed{18}$.
  Since it is not prime, we get \boxed{18}.
  If we add these, we get \boxed{18}.
  The least number of eggs is $\boxed{18}$.
  The probability of at least one head is $\boxed{18}$.
  We don't need to count them, so the answer is \boxed{18}.
  **\boxed{18}**
  **Answer:** $\boxed{18}$
  Answer: $\boxed{18}$
  The final answer is $\boxed{18}$. I hope it is correct.
  Final Answer: The final answer is $18$. I hope it is correct.
  The answer is 18.
  The answer is: 18
  The answer is **18**.
  The answer is **18 eggs**.
  **The answer is 18.**
  Therefore, the answer is 18.
  Thus the answer is 18.
  So the answer is 18.
  Hence, the correct answer is 18.
  Then the answer is 18!
  The answer would be 18.
  The answer should be 18.
  The answer must be 18.
  We conclude that the answer is 18.
  We find that the answer is 18.
  We see that the answer is $18$.
  It follows that the answer is 18.
  It is clear that the answer is 18.
  This means the answer is 18.
  This means that the answer to the question is 18.
  The answer to the problem is 18.
  The answer to this question is 18.
  My answer is 18.
  Our answer is 18.
  My final answer is 18.
  The final answer is 18.
  The final answer is: $18$.
  The final answer: 18
  Final answer: 18
  Final Answer: **18**
  FINAL ANSWER: 18
  ANSWER: 18
  Answer = 18
  Answer is 18
  answer: 18
  A: 18
  #### 18
  #### $18
  #### 18 eggs
  ####18
  <answer>18</answer>
  <answer> 18 </answer>
  <answer>The answer is 18.</answer>
  <answer>\boxed{18}</answer>
  <final_answer>18</final_answer>
  If x = 3, the answer is 18.
  Since she has not eaten, the answer is 18.
  She does not eat any. The answer is 18.
  Is it 17? No. The answer is 18.
  How many eggs are left? The answer is 18.
  What is 9*2? It is 18. The answer is 18.
  In other words, the answer is 18.
  There are no other eggs, so the answer is 18.
  The student has 3 apples and the answer is 18.
  Janet's ducks lay 16 eggs. The answer is 18.
  Janet's ducks lay 16 eggs, so the answer is 18.
  As he said, she sold 9, so the answer is 18.
  The answer is 18, because 9*2 = 18.
  The answer is 18 since 9*2 = 18.
  The answer is 18 (9*2).
  The answer is 18 eggs per day.
  The answer is 18 dollars.
  The answer is $18.
  The answer is $18 per day.
  The answer is $18.00.
  The answer is 18.0
  The answer is 18 hours
  The answer is x = 18.
  The answer is $x = 18$.
  The answer is n=18
  The answer is \(18\).
  The answer is \[18\].
  The answer is $$18$$.
  The answer is "18".
  The answer is '18'.
  The answer is `18`.
  The answer is (18).
  The answer is [18].
  The answer is eighteen.
  The answer is approximately 18.
  The answer is exactly 18.
  The answer is simply 18.
  The answer is therefore 18.
  The answer is equal to 18.
  The answer is given by 18.
  The solution is 18.
  The solution is $x = 18$.
  The final result is 18.
  The correct option is 18.
  The answer is 18 ✓
  The answer is 18 ✅
  18 ✓
  18 🎉
  18
  18.
  18.0
  18.00
  $18$
  $18
  18 dollars
  18 eggs
  18 (eggs)
  18 [eggs]
  18 (in dollars)
  18 duck eggs
  18 eggs per day
  18 eggs/day
  18 km/h
  18 km per hour
  18 square feet
  18 ft^2
  18 ft²
  18 cm^3
  18 cubic meters
  18 m squared
  18\text{ eggs}
  18 \text{ cm}^2
  18\,\mathrm{cm}
  18~\text{cm}
  x = 18
  x=18
  n = 18 eggs
  9*2
  9 * 2 = 18
  9 \cdot 2
  2 * 9
  36/2
  \frac{36}{2}
  17+1
  18 = 9*2
  18=18
  1.8 * 10
  1.8e1
  1.8 \times 10^1
  3^2 + 9
  \sqrt{324}
  eighteen
  Eighteen
  18th
  18個
  18个
  18 个
  18元
  18 元
  答案：18
  答案是18。
  答案是 18 元。
  答案为18
  故答案为：18
  所以答案是18个。
  最终答案是 \boxed{18}。
  最终答案为$\boxed{18}$。
  因此，答案为$\boxed{18}$元。
  答：18
  答：18个。
  <think>Is it 17? maybe \boxed{17}</think>The answer is 18.
  \boxed{17}? No, that is too small. Let me recompute. \boxed{18}
  The answer is not 17. The answer is 18.
  The answer is 17. Wait, I forgot one. The answer is 18.
  ~~The answer is 17.~~ The answer is 18.
  Suppose the answer is 17. Contradiction. So the answer is 18.
  \boxed{18} (eggs)
  \boxed{18}\text{ eggs}
  $\boxed{18 \text{ eggs}}$
  $\boxed{18}\text{ eggs}$
  $\boxed{18} \text{ cm}^2$
  $\boxed{18}~\text{cm}$
  $\boxed{18}\ \text{cm}$
  $\boxed{18}\,\text{cm}^2$
  $\boxed{18} \quad \blacksquare$
  $\boxed{18} \qed$
  $\boxed{18}$ \(\blacksquare\)
  $\boxed{18}$ because it is the sum.
  $\boxed{18}$, so we are done.
  $\boxed{18}$ or equivalently $18.0$.
  $\implies \boxed{18}$
  $\Rightarrow \boxed{18}$
  $\therefore \boxed{18}$
  $\therefore x = \boxed{18}$
  $\text{Answer: } \boxed{18}$
  $\text{The answer is } \boxed{18}$
  $\text{Area} = \boxed{18}$
  $A = \boxed{18}\text{ square units}$
  $\begin{aligned} x &= 2 \cdot 9 \\ &= \boxed{18} \end{aligned}$
  \begin{align*} x &= 2 \cdot 9 \\ &= \boxed{18}. \end{align*}
  - \boxed{18}
  1. \boxed{18}
  * \boxed{18}
  > \boxed{18}
  Answer - \boxed{18}
  (a) \boxed{18}
  Therefore: \boxed{18}
  $\color{red}{\boxed{18}}$
  $\textcolor{red}{\boxed{18}}$
  $\mathbf{\boxed{18}}$
  $\large\boxed{18}$
  $\displaystyle \boxed{18}$
  {\boxed{18}}
  \text{\boxed{18}}
  \fbox{18}
  \boxed 18
  $\boxed{x = 18}$
  \boxed{\text{18}}
  \boxed{\mathbf{18}}
  \boxed{18.}
  \boxed{ 18 }
  \boxed{18\text{ eggs}}
  \boxed{\$18}
  \boxed{18\,\text{cm}}
  $x \equiv \boxed{18} \pmod{20}$
  So it is \boxed{18}. Is that clear?
  So it is \boxed{18}!
  So x must be \boxed{18}.
  So x is equal to \boxed{18}.
  She would need \boxed{18} more eggs.
  She needs $\boxed{18}$ eggs in total.
  There are $\boxed{18}$ of them.
  It takes $\boxed{18}$ hours.
  It takes $\boxed{18}$ hours and she is done.
  The ratio leads to $\boxed{18}$ and we are done.
  We get $x=\boxed{18}$ and the proof is complete.
  **Final Answer:** 18
  **Answer**: 18 eggs
  Final Answer: $\boxed{18}$
  The answer is 18.<|im_end|>
  \boxed{18}<|endoftext|>
  18</s>
  <answer>18</answer><|im_end|>
  """#.split(separator: "\n").map(String.init)
