// Boxes and crossed out texts that hold 18, whose answer is not 18, and texts that end in the middle of their answer.

/// Boxes that are denied, asked about, crossed out, or only a part of an expression.
let deniedBoxes: [String] = #"""
  Is the final answer \boxed{18}?
  Is it \boxed{18}?
  \boxed{18}?
  Could it be $\boxed{18}$?
  \boxed{18} is wrong.
  \boxed{18} is not the answer.
  \boxed{18} is incorrect.
  $\boxed{18}$ is not correct.
  The answer is not \boxed{18}.
  The answer is not $\boxed{18}$.
  It is not \boxed{18}.
  It isn't \boxed{18}.
  It can't be \boxed{18}.
  If it were \boxed{18}, fine.
  If the answer is \boxed{18}, fine.
  Suppose it is \boxed{18}.
  Not \boxed{18}.
  Never \boxed{18}.
  $x \ne \boxed{18}$
  $x \neq \boxed{18}$
  $x < \boxed{18}$
  $x \le \boxed{18}$
  $x > \boxed{18}$
  $-\boxed{18}$
  $x = -\boxed{18}$
  $2\boxed{18}$
  $2 \cdot \boxed{18}$
  $\frac{1}{\boxed{18}}$
  $\sqrt{\boxed{18}}$
  $\boxed{18}/2$
  $\boxed{18} + 1$
  $\boxed{18} = 19$
  $1 + \boxed{18}$
  $1 - \boxed{18}$
  $\pm\boxed{18}$
  $17 or \boxed{18}$
  17 or \boxed{18}
  Either 17 or \boxed{18}.
  more than \boxed{18}
  at least \boxed{18}
  less than $\boxed{18}$.
  ~~18~~
  ~~The answer is 18~~
  ~~\boxed{18}~~
  The answer is ~~18~~ 20.
  The answer is ~~18~~.
  \cancel{18}
  \cancel{\boxed{18}}
  \boxed{\cancel{18}}
  \sout{18}
  \xcancel{\boxed{18}}
  \bcancel{\boxed{18}}
  <del>18</del>
  <del>The answer is 18</del>
  <strike>\boxed{18}</strike>
  <!-- The answer is 18 -->
  <!-- \boxed{18} -->
  % \boxed{18}
  """#.split(separator: "\n").map(String.init)

/// Texts that end in the middle of their answer.
let cutOffAnswers: [String] = #"""
  \boxed{18} \boxed{1
  \boxed{18}, \boxed{19
  \boxed{18
  \boxed{\text{18
  \boxed{18} or \boxed{
  \boxed{18} and $\boxed{1$
  $\boxed{18$
  $\boxed{18
  \boxed 
  \boxed{18}. But no: \boxed{
  The answer is \boxed{18
  The answer is $\boxed{18
  The answer is 18. So \boxed{1
  #### 18 so \boxed{1
  <answer>18
  <answer> 18
  <answer>18</answ
  <answer>18 </
  <final_answer>18
  <solution>18
  <|begin_of_box|>18
  <answer>17</answer><answer>18
  The answer is $\frac{18}{1
  The answer is $\frac{18}
  The answer is \(18
  The answer is \[18
  The answer is $$18
  The answer is $x = 18
  The answer is $x=18 and
  The answer is $18 +
  The answer is 18 +
  The answer is 18 and
  The answer is 18 or
  The answer is 18 /
  The answer is 18 \text{
  The answer is 18 \
  The answer is 18^
  The answer is 18 \times
  The answer is 18 \cdot
  The answer is (18
  The answer is (18,
  The answer is [18
  The answer is {18
  The answer is \{18
  The answer is 18 (
  The answer is 18 (which
  The answer is 18-
  The answer is 18.5.
  #### 18 +
  #### 18 /
  A: 18 and
  A: 18 -
  $18 +$
  (18
  [18
  \left(18
  18 and
  18 or
  18 +
  18 *
  18 /
  18^
  18 \frac
  18=
  18 =
  18 <
  18 of
  18 out of
  18 per
  18 times
  18 more
  18 plus
  18 minus
  <think>The answer is 18
  <think>\boxed{18}
  <think>a</think><think>The answer is 18
  <reasoning>18
  [THINK]The answer is 18
  <|channel|>analysis<|message|>The answer is 18
  <thinking>so 18
  """#.split(separator: "\n").map(String.init)
