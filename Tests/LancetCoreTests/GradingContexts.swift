// Texts that name 18 and do not give it as their answer; ⏎ is a new line.

/// Questions, negations, hypotheses, other people's words, plain sentences that say something else.
let deniedAnswers: [String] = #"""
  Is the answer 18?
  Is the answer 18? No.
  Is it true that the answer is 18?
  Could the answer be 18?
  Would the answer be 18?
  Should the answer be 18?
  What if the answer is 18?
  So the answer is 18?
  The answer is 18?
  The answer is 18??
  Answer: 18?
  A: 18?
  Final answer: 18?
  Is 18 the answer?
  Is it 18?
  18?
  18 ?
  Maybe 18?
  Why is the answer 18?
  How can the answer be 18?
  Who says the answer is 18?
  Do you think the answer is 18?
  Did you say the answer is 18?
  Isn't the answer 18?
  答案是18吗？
  答案是18？
  答案是不是18？
  答案不是18。
  答案不为18。
  答案可能是18。
  如果答案是18，那么就错了。
  答案并非18。
  The answer is not 18.
  The answer is not 18
  The answer isn't 18.
  The answer is never 18.
  The answer is definitely not 18.
  The answer is surely not 18.
  The answer is certainly not equal to 18.
  The answer is clearly not 18.
  The answer is anything but 18.
  The answer is other than 18.
  The answer is different from 18.
  The answer is no longer 18.
  The answer is not necessarily 18.
  The answer is neither 18 nor 17.
  The answer is either 18 or 17.
  The answer is unlikely to be 18.
  The answer cannot be 18.
  The answer can't be 18.
  The answer could be 18.
  The answer might be 18.
  The answer may be 18.
  The answer must not be 18.
  The answer should not be 18.
  The answer would not be 18.
  The answer wouldn't be 18.
  The answer was not 18.
  The answer is less than 18.
  The answer is more than 18.
  The answer is greater than 18.
  The answer is at least 18.
  The answer is at most 18.
  The answer is under 18.
  The answer is over 18.
  The answer is above 18.
  The answer is below 18.
  The answer is close to 18.
  The answer is between 18 and 20.
  The answer is twice 18.
  The answer is half of 18.
  The answer is double 18.
  The answer is the square of 18.
  The answer is the square root of 18.
  The answer is the negative of 18.
  The answer is minus 18.
  The answer is negative 18.
  The answer is one more than 18.
  The answer is a multiple of 18.
  The answer is a factor of 18.
  The answer is divisible by 18.
  The answer is the reciprocal of 18.
  The answer is the factorial of 18.
  The answer is 18 less than 20.
  The answer is 2 more than 18.
  It is not true that the answer is 18.
  It is false that the answer is 18.
  It's wrong to say the answer is 18.
  It is incorrect that the answer is 18.
  I don't think the answer is 18.
  I do not believe that the answer is 18.
  I doubt the answer is 18.
  I am not sure the answer is 18.
  I'm not sure that the answer is 18.
  Nobody thinks the answer is 18.
  No one says the answer is 18.
  There is no way the answer is 18.
  In no case is the answer 18.
  If the answer is 18, then she sold 9.
  If the answer were 18, she would have sold 9.
  If the answer was 18, we would be done.
  Suppose the answer is 18.
  Assume the answer is 18.
  Assuming the answer is 18, we get a contradiction.
  Let us assume that the answer is 18.
  Say the answer is 18.
  Imagine the answer is 18.
  Unless the answer is 18, she is wrong.
  Whether the answer is 18 is unclear.
  Even if the answer is 18, we must check.
  Provided the answer is 18, fine.
  Had the answer been 18, fine.
  The answer would be 18 if she had sold nothing.
  The answer would be 18 had she sold nothing.
  The answer would have been 18.
  The answer would be 18, but she sold some.
  The answer would be 18 without the discount.
  The answer is 18 if x is 3.
  The answer is 18 unless she lied.
  The answer is 18 only when x is even.
  The answer is 18 or 20 depending on x.
  The answer is 18 times x.
  The wrong answer is 18.
  An incorrect answer is 18.
  A common wrong answer is 18.
  A tempting answer is 18.
  A typical mistaken answer is 18.
  The student's answer is 18.
  The student said the answer is 18.
  The student claims that the answer is 18.
  My friend says the answer is 18.
  Some say the answer is 18.
  Tom's answer is 18.
  His answer is 18.
  The first guess for the answer is 18.
  Their answer: 18.
  You might think the answer is 18.
  One may think the answer is 18.
  At first glance the answer is 18.
  At first I thought the answer is 18.
  I thought the answer was 18.
  I thought the answer is 18.
  It seems the answer is 18, but it is not.
  The answer is 18, but that is wrong.
  The answer is 18, which is wrong.
  The answer is 18, but I am not sure.
  The answer is 18 (this is wrong).
  The answer is 18, no, 20.
  The answer is 18, I mean 20.
  The answer is 18, or rather 20.
  The answer is 18. Wait, no.
  The answer is 18. No, that is wrong.
  The answer is 18. This is incorrect.
  The answer is 18. Actually, it is 20.
  The answer is 18. Correction: 20.
  The answer is 18. But this is not possible.
  The answer is 18. However, this is wrong.
  The answer is 18. Just kidding.
  The answer is 18. That can't be right.
  The answer is 18. That does not make sense.
  The answer is 18.⏎Wait, I forgot the 2.⏎It is 20.
  The answer is 18.⏎⏎Hmm, that's not right. Let me redo it.
  The answer is 18.⏎Oops, I made a mistake.
  "The answer is 18" is wrong.
  "The answer is 18" is what he wrote.
  He wrote "The answer is 18".
  He wrote: "The answer is 18."
  She answered 18.
  Her answer was 18.
  Previously, the answer was 18.
  The previous answer is 18.
  The old answer is 18.
  The expected wrong answer: 18
  The answer to part (a) is 18.
  The answer to the first part is 18.
  The answer to a different question is 18.
  The answer 18 is wrong.
  The answer of 18 is wrong.
  The answer, 18, is wrong.
  An answer of 18 is incorrect.
  The answer 18 is not possible.
  The answer is 1 8.
  The answer is 18 19.
  The answer is 18 or 19.
  The answer is 17 or 18.
  The answer is 18 and 19.
  The answer is 18-19.
  The answer is 18 to 19.
  The answer is 18/19.
  The answer is x18.
  The answer is 18x.
  The answer is -18.
  The answer is $-18.
  The answer is $-$18.
  The answer is (-18).
  The answer is <18.
  The answer is >18.
  The answer is ≠18.
  The answer is ≤ 18.
  The answer is !18.
  The answer is 0.18.
  The answer is .18.
  The answer is 18e2.
  The answer is 18:00.
  The answer is 18%.
  The answer is √18.
  The answer is |18
  The answer is 18^2.
  The answer is one of: 18, 20.
  The answer is one of 18 and 20.
  The answer is among 18, 20.
  The answer is not clear: 18 or 20.
  The answer is unknown; perhaps 18.
  The answer is perhaps 18.
  The answer is maybe 18.
  The answer is possibly 18.
  The answer is probably 18 but unclear.
  The answer is something like 18.
  The answer is in the form 18.
  The answer format is: The answer is 18.
  Example: the answer is 18.
  For example, the answer is 18.
  e.g. The answer is 18
  Write the answer as "The answer is 18".
  Format: Answer: 18
  Your answer: 18
  Enter your answer: 18
  The answer should look like 18.
  Question: is the answer 18?
  Q: The answer is 18?
  I hope the answer is 18.
  I wish the answer were 18.
  I guess the answer is 18?
  The solution is not 18.
  Is the solution 18?
  The final result is not 18.
  The correct option is not 18.
  If the solution is 18, stop.
  The total is not 18.
  The total is 18?
  Is the total 18?
  She does not have 18 eggs.
  She never had 18 eggs.
  She has no 18 eggs.
  Does she have 18 eggs?
  If she has 18 eggs, she sells them.
  She might have 18 eggs.
  She has 18 eggs or 19 eggs.
  She has 18 more eggs than Tom.
  She has at least 18 eggs.
  She has almost 18 eggs.
  She has less than 18 eggs.
  So she does not have 18 eggs.
  So she has 18 dozen eggs.
  So she has 18 percent.
  So she has half of 18.
  So she has 18 squared.
  So she lacks 18 eggs.
  So she has 18 times 2 eggs.
  So she has 18 halves.
  So it is false that she has 18 eggs.
  So she would have 18 eggs.
  So she pays -18 dollars.
  So she has 2 of the 18 eggs.
  So she has 18, 19 and 20.
  So she has one 18.
  So she has 18 hundred.
  So she has 18 thousand dollars.
  So x is not 18.
  So it equals minus 18.
  So it is negative 18.
  Thus the sum is 18 mod 20.
  Thus the sum is 18 modulo 20.
  """#.split(separator: "\n").map { String($0).replacing("⏎", with: "\n") }
