// Arithmetic said in words, facts that everybody knows, quantities named twice: found wrong, found right, left alone.

import LancetCore
import Testing

@Suite struct WordCheckTests {
  private func wrong(_ text: String) -> [Check] { checks(in: text).filter { $0.verdict == .wrong } }

  @Test(
    arguments: [
      // Parts and multiples.
      ("Half of 48 is 22.", "22", "24"), ("A third of 27 is 8.", "8", "9"),
      ("Two-thirds of 9 is 5.", "5", "6"),
      ("She kept three quarters of 40, which is 32.", "32", "30"),
      ("Twice 12 is 25.", "25", "24"), ("three times 4 = 11", "11", "12"),
      ("seven times eight is 54", "54", "56"), ("12 squared is 140", "140", "144"),
      ("3 times as many as 12 is 35.", "35", "36"),
      // More and less.
      ("5 more than 7 is 13.", "13", "12"), ("3 fewer than 10 is 6", "6", "7"),
      ("5 less than twice 12 is 18.", "18", "19"), ("20 is 6 more than 15.", "6", "5"),
      ("and, 7.5 pounds is half a pound more than 15 pounds.", "half", "-7.5"),
      // Lists.
      ("3, 4 and 5 add up to 13.", "13", "12"),
      ("She sold 12, 15 and 9 cups for a total of 35.", "35", "36"),
      ("The difference between 20 and 8 is 13.", "13", "12"),
      ("The quotient of 20 and 4 is 6.", "6", "5"),
      // Rates and prices.
      ("5 apples a day for 7 days is 30 apples.", "30", "35"),
      ("12 boxes at $4 each is $50.", "50", "48"),
      // Remainders, choices, joints.
      ("The remainder when 17 is divided by 5 is 3.", "3", "2"),
      ("17 divided by 5 leaves a remainder of 3.", "3", "2"), ("5 choose 2 is 11.", "11", "10"),
      ("LCM(4, 6) = 24", "24", "12"), ("17 ≡ 3 (mod 5)", "3", "2"), (#"\(5C2 = 11\)"#, "11", "10"),
      (#"\( {5 \choose 2} = 11 \)"#, "11", "10"), ("2³ = 9", "9", "8"), ("2乘以3等于7。", "7", "6"),
      (#"\( \cos 60^\circ = 1 \)"#, "1", "0.5"), (#"\( \sin 90^\circ = 0 \)"#, "0", "1"),
      // What everybody knows.
      ("2 hours is 100 minutes.", "100", "120"), ("1 hour and 20 minutes = 70 minutes", "70", "80"),
      ("Half a dozen cups is 10/2 = 5 cups.", "5", "6"), ("3 dozen = 30 eggs", "30", "36"),
      ("There are 30 days in March, so we go on.", "30", "31"),
      ("Two nickels are worth $0.10 each.", "0.10", "0.05"),
      ("A dime is worth 5 cents.", "5", "10"),
      ("He pays quarterly, which means three times a year.", "three", "4"),
      // Spans of time.
      (#"From 8:00 AM until 11:00 PM it is \(11 + 8 = 19\) hours."#, "19", "15"),
      ("From May 1 to May 20 there are 25 days.", "25", "19"),
      // A quantity named twice.
      ("Earned = $3.00 (dishes) + $1.50 (room). Earned = $4.00.", "4.00", "4.5"),
      (
        #"\[ \text{Score} = 50 + 80 + 60 \] Adding these together: \[ \text{Score} = 180 \]"#,
        "180", "190"
      ),
      // What needs no more digits was not cut.
      ("Cost = $4.20 + $9.45 + $1.35 = $14.99 (rounded).", "14.99", "15"),
    ] as [(String, String, String)])
  func `a slip in words is found, with what it should be`(
    text: String, stated: String, computed: String
  ) throws {
    let found = try #require(wrong(text).first, "\(checks(in: text))")
    #expect(found.stated == stated)
    #expect(found.computed == computed)
    #expect(Array(text.utf8)[found.statedBytes].elementsEqual(stated.utf8))
    #expect(wrong(text).count == 1, "\(wrong(text))")
  }

  @Test(arguments: [
    "Half of 48 is 24.", "Half of 48 is 48/2 = 24.", "A third of 10 is 3.33.",
    "20 is 5 more than 15.",
    "5 apples a day for 7 days is 35 apples.", "3, 4 and 5 add up to 12.",
    "3 hours is 180 minutes.",
    "There are 29 days in February.", "From 9 AM to 5 PM is 8 hours.",
    "From May 1 to May 20 there are 20 days.",
    "Two dimes are worth 20 cents.", #"\( \sin 180^\circ = 0 \)"#, #"\( \tan 45^\circ = 1 \)"#,
  ])
  func `what is right in words is right`(text: String) {
    #expect(checks(in: text).contains { $0.verdict == .right }, "\(checks(in: text))")
    #expect(wrong(text).isEmpty, "\(wrong(text))")
  }

  /// One line a reason: whose words say something else than a sum.
  @Test(arguments: [
    "Half of 20 students are 8 years old.", "One and a half of 48 is 70.",
    "More than half of 48 is 30.",
    "About half of 48 is 22.", "5 and half of 48 is 29.", "Half of 48 is 22 more than 2.",
    "He has 12 and 5 more than 7 is 24.", "20 years is 5 months more than 15 years.",
    "For 3 days, 5 apples and 2 pears for a total of 7.", "1 inch = 20 miles",
    "3 weeks is 15 days.",
    "There are 8 hours in a day of work.", "There are 5 days in a week.", "5 days is 40 hours.",
    "There are 30 days in a month.", "4 more than 6 boxes are 5 kg.",
    "If half of 48 is 22, then so be it.",
    "From 8 AM to 5 PM there are 3 hours of lessons.", "From June to July 5 days are left.",
    "They work from 9 AM to 5 PM for 5 days.", "Each of 4 packs of 6 is 2 dollars.",
    "Total = 20 + 23. With the tax, Total = 45.",
    #"\( 990^\circ - 720^\circ = 270^\circ \)"#, #"\( \arctan 1 = 45^\circ \)"#,
    "The bus costs 14.5 + 0.49 = $14.9 or so.", "She writes one check for 5 + 3 = 8.",
    "12.5 * 0.33 = 4.12",
  ])
  func `words that say something else are left alone`(text: String) {
    #expect(wrong(text).isEmpty, "\(wrong(text))")
  }

  @Test(
    arguments: [
      (#"\[ S = 165 \times \frac{6}{11} \] \[ S = 9 \times 6 \]"#, #"9 \times 6"#, "90"),
      ("0.75x + 0.5x = 9. Combining like terms: 1.35x = 9.", "1.35x", "1.25x"),
      (
        #"\( S = 2B \). \( (S + 2) + (B + 2) = 28 \). Substituting the first equation into the second: \( 2B + 4 + B + 2 = 28 \)."#,
        "28", nil
      ),
      (
        #"\( x = 5 \) and \( y = 2x + 1 \). Substituting, we get \( y = 12 \)."#, "12", nil
      ),
      (
        #"Total = \(\frac{3}{4}A + 60 + A\)"# + "\n" + #"Total = \(\frac{5}{4}A + 60\)"#,
        #"\frac{5}{4}A + 60"#, nil
      ),
    ] as [(String, String, String?)])
  func `a step that says what it does with an equation is followed`(
    text: String, stated: String, computed: String?
  ) throws {
    let found = try #require(wrong(text).first, "\(checks(in: text))")
    #expect(found.stated == stated)
    if let computed { #expect(found.computed == computed) }
  }

  @Test(arguments: [
    #"\( S = 2B \). \( (S + 2) + (B + 2) = 28 \). Substituting the first equation into the second: \( 3B + 4 = 28 \)."#,
    #"\( m + h = 80 \) and \( m = 10h \). Substituting, \( 10h + h = 88 \)."#,
    #"\[ x = 5 - 2 \] \[ x = 5 + 2 \]"#, "0.33x + 0.33x + 0.33x = 9. Combining: 1.00x = 9.",
    #"Total = \(A + 60 + A\)"# + "\n" + #"Total = \(2A + 60\)"#,
  ])
  func `a right step, or another equation, is not marked`(text: String) {
    #expect(wrong(text).isEmpty, "\(wrong(text))")
  }
}
