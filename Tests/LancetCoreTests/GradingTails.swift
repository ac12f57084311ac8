// What may stand behind a number and changes its value: none of it may be dropped.

/// Tails of "5" with which it is no longer 5.
let changingTails: [String] = #"""
  squared
  cubed
  to the fourth
  to the power of 2
  to the 2nd power
  raised to 3
  factorial
  halves
  thirds
  quarters
  fifths
  eighths
  tenths
  hundredths
  thousandths
  twelfths
  half
  and a half
  and a third
  and one half
  dozen
  dozens
  dozen eggs
  score
  gross
  grand
  hundred
  hundreds
  thousand
  thousands
  million
  millions
  mil
  bn
  billion
  trillion
  lakh
  crore
  k
  percent
  percent more
  per cent
  percentage points
  percent of the total
  pct
  bps
  basis points
  per mille
  ‰
  permille
  out of 10
  out of ten
  of 10
  of the 10
  in 10
  in ten
  times
  times ten
  times as many
  times more
  -fold
  fold
  multiplied by 3
  divided by two
  over 3
  over two
  plus one
  plus 1
  minus 2
  minus two
  plus tax
  minus tax
  more
  more than that
  or so more than ten
  or so
  or more
  or fewer
  or less
  and up
  and counting
  and change
  plus or minus 1
  give or take 2
  more than ten
  less than ten
  less than 10
  fewer than 12
  short of 10
  away from 20
  above 10
  below zero
  above
  under par
  to one
  to 1
  to 9
  through 9
  till 9
  until 9
  versus 3
  vs 3
  modulo 7
  mod 7
  choose 2
  base 8
  in base 8
  binary
  in binary
  hex
  in hexadecimal
  octal
  squared plus one
  square root
  root 2
  roots of 7
  negative
  inverted
  reciprocal
  doubled
  tripled
  halved
  quadrupled
  twice
  thrice
  each way twice
  negated
  conjugate
  i
  x
  y apples
  pi
  π
  sqrt 2
  log 2
  e
  to the minus one
  is wrong
  is not it
  is false
  is incorrect
  is impossible
  isn't right
  is too small
  is too big
  was my first guess
  would be wrong
  can't be right
  not
  no
  nope
  never
  wrong
  (wrong)
  (not)
  (incorrect)
  (no)
  [wrong]
  (false)
  ✗
  ❌
  (crossed out)
  ?
  ??
  ??!
  maybe
  perhaps
  probably not
  , not
  , no
  , wrong
  , or maybe 6
  , or 6
  ; 6
  / 6
  | 6
  & 6
  and 6
  or six
  or 6 apples
  six
  6
   7 8
  point five
  point 5
  .5.5
  remainder 2
  R 2
  r 2
  rem 1
  with remainder 3
  with 2 left over
  hours 30 minutes
  feet 6 inches
  hours and 15 minutes
  pounds 3 ounces
  dollars and 50 cents
  dollars 50
  m by 3 m
  by 3
  x 3
  × 3
  * 3
  ^2
  ^{2}
  ²
  ³
  !
  !!
  %
  ‰ 
  + 1
  - 1
  +
  ++
  ± 1
  \pm 1
  = 6
  ≠ 5
  < 6
  > 4
  <= 6
  ≤ 6
  ≥ 4
  \cdot 3
  \times 10^3
  \times 10^{-3}
  e3
  E-2
  \sqrt{2}
  \pi
  \%
  \text{ or } 6
  \text{ and } 6
  \text{ squared}
  \text{ dozen}
  \text{ is wrong}
  \text{ hundred}
  \text{ or more}
  \text{ more than } 3
  \text{ million}
  \ne 5
  \pmod 7
  \pmod{7}
  _8
  _{8}
  _{\text{eight}}
  \binom{2}{1}
  !=120
  ^\circ 30'
  :30
  :3
  , 6, 7
  , 6 and 7
   1/2
   3/4
  ½
  ¾
  \frac12
  \frac{1}{2}
  \overline{3}
  \ldots
  的平方
  倍
  万
  百
  个半
  多
  左右不对
  折
  成
  千克500克
  分之一
  不对
  错
  """#.split(separator: "\n").map(String.init)
