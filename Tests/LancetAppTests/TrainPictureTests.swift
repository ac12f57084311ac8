// Every panel of the Train screen as a picture, curve by curve.
import Testing

@testable import LancetApp

/// The panels of a run that learns, each with all the room of a window of 60 by 24.
@Test func `every panel draws its curves`() {
  var test = ScreenTest.train(columns: 60, rows: 24)
  test.type("O")
  // loss
  test.expect(
    rows: """
       loss   ─ 0.693
            ⠠⣀
       1.3   ⠈⠛⢖⡤⡀
                ⠈⠪⢕⡢⢄
       1.2         ⠈⠑⢍⡒⢄⡀
       1.1            ⠈⠑⠪⣒⠢⢄⡀
                          ⠉⠒⠬⣒⡤⣀
       1.0                    ⠈⠑⠫⣒⡢⠤⣀⡀
                                  ⠈⠉⠒⠪⢕⣒⠤⢄⡀
       0.9                              ⠉⠑⠪⠭⣒⡢⢄⣀
       0.8                                   ⠈⠉⠉⠛⠳⢦⣤⣤⣄⡀
                                                     ⠈⠙⠛⠭⠵⢦⣤⣤⣄⡀
       0.7                                                   ⠈⠙⠛⠛
           0           10            20           30           40
       what is minimized; 2·ln 2 = 1.386 at the start of a spot …
      """, from: 5)
  // rewards
  test.type("Tab")
  test.expect(
    rows: """
       rewards   ─ r⁺ 1   ┄ r⁻ -2   · δ -0.5   ┈ headroom 6.1
        1.0                                                ⣀⣀⣠⣤⣤⠤
                                            ⢀⣀⣀⣤⣤⣤⠤⠶⠶⠖⠒⠛⠋⠉⠉⠉⠁
        0.5                   ⣀⣀⣠⣤⣤⡤⠴⠶⠶⠖⠚⠛⠉⠉⠉⠉
               ⢀⣀⣀⣠⣤⣤⠤⠶⠖⠒⠒⠛⠋⠉⠉⠉⠁
        0.0  ⠘⠋⠧⠦ ⣂⡀⠂ ⠆ ⠄ ⠄ ⠄ ⡀ ⡀ ⡀ ⡀
                  ⠉⠙ ⠛⠶ ⡤⠤ ⡀        ⠁ ⠁ ⠁ ⠁ ⠃ ⠂ ⠂ ⠆ ⠄ ⠄ ⠄ ⡄ ⡀ ⡀ ⡀
       -0.5             ⠈⠉ ⠙⠳ ⠶⣤ ⣀⣀                             ⠁
       -1.0                      ⠉⠒ ⠳⠶ ⣤⣄
                                        ⠈ ⠛⠶ ⢦⣤ ⣀⡀
       -1.5                                     ⠑⠚ ⠶⣤ ⣤⣀
                                                       ⠉ ⠳⠶ ⣤⣄ ⣀
       -2.0                                                  ⠈ ⠒⠛
            0           10           20           30           40
       β·log(π/π_ref) of the right and of the wrong answer; the …
      """, from: 5)
  // probes
  test.type("Tab")
  test.expect(
    rows: """
       probes   ─ in-domain 48.0   ┄ OOD 93.3
       100 ⣀⣀ ⣀⣀ ⣀⣀ ⣀⣀ ⣀⣀ ⣀⣀ ⣀⣀ ⣀⣀ ⣀⣀ ⣀⣀ ⣀⣀ ⣀⣀ ⣀⣀ ⣀⣀ ⣀⣀ ⣀⣀ ⣀⣀ ⣀⣀

        80

        60
                                             ⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⠤⠤⠤⠤⠤⠤⠤
        40 ⠤⠤⠤⠤⠤⠤⠤⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠊⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉

        20

         0
           0           10            20           30           40
       share of right answers to questions that are not trained …
       in-domain KL 0.01 log-loss 1 · OOD KL 0.002 log-loss 0.8
      """, from: 5)
  // margin
  test.type("Tab")
  test.expect(
    rows: """
       margin   ─ 3   ─ accuracy 75 %
       3                                                  ⢀⣀⣤⣤⡴⠶⠶
                                               ⢀⣀⣀⣤⣤⣤⠶⠖⠒⠛⠉⠉⠉
       2                              ⣀⣀⣠⣤⠤⠴⠞⠛⠛⠋⠉⠉
       1                    ⣀⣀⣀⣤⠶⠶⠶⠛⠛⠛⠉
                 ⣀⣀⣠⣤⣤⡴⠶⠒⠚⠋⠉⠉⠁
       0  ⠠⠤⠤⠒⠒⠚⠛⠉⠉⠁
         0            10            20           30            40
       1
          ⠐⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒


       0
         0            10            20           30            40
       r⁺ − r⁻, and below it the share of pairs where r⁺ is above
      """, from: 5)
  // tether
  test.type("Tab")
  test.expect(
    rows: """
       tether   ─ λ 0.25   ┄ surgery 84 %
       1.0

       0.8  ⠈ ⠉⠉ ⠉⠉ ⠉⠉ ⠉⠉ ⠉⠉ ⠉⠉ ⠉⠉ ⠉⠉ ⠉⠉ ⠉⠉ ⠉⠉ ⠉⠉ ⠉⠉ ⠉⠉ ⠉⠉ ⠉⠉ ⠉⠉

       0.6

            ⠈⠛⠓⠒⠶⠤⢤⣤⣤⣀⣀⣀
       0.4            ⠈⠉⠉⠛⠛⠛⠒⠶⠶⠶⠤⣤⣤⣤⣀⣀⣀⣀⣀⡀
                                      ⠈⠉⠉⠉⠉⠉⠛⠛⠓⠒⠒⠒⠲⠶⠶⠦⠤⠤⠤⠤⢤⣤⣀⣀⣀⣀⣀
       0.2

       0.0
           0           10            20           30           40
       λ: the weight still put on right answers, 0.5 at the star…
      """, from: 5)
  // gradient
  test.type("Tab")
  test.expect(
    rows: """
       gradient   ─ 1.1   ─ lr 1e-4
       1.2   ⢰⡄  ⢰⡄  ⢰⡄  ⢰⡄  ⢰⡄  ⢰⡄   ⣦   ⣦   ⣦   ⣦   ⣦   ⣦   ⣦
             ⣼⡇  ⡜⡇  ⡜⡇  ⡜⡇  ⡜⡇  ⡜⡇  ⢸⢸  ⢸⢸  ⢸⢸  ⢸⢸  ⢸⢸  ⢸⢸  ⢸⢸
       1.1  ⢀⠇⢱ ⢀⡿⢷ ⢀⡿⢷ ⢀⡿⢷ ⢀⡿⢷ ⢀⡿⢷ ⢀⡧⢻ ⢀⡧⢻ ⢀⡧⢻ ⢀⡧⢻ ⢀⡧⢻ ⢀⡧⢻ ⢀⡧⢻ ⢀
              ⢸⠧⡺⠁⢸⠦⡺⠁⢸⠦⡺⠁⢸⠦⡺⠁⢸⠦⡺⠁⢸⠦⡺⠁⠈⡧⡺⠁⠈⡧⡺⠁⠈⡧⡺⠁⠈⡧⡺⠁⠈⡧⡺⠁⠈⡧⡺⠁⠈⡧⡺
               ⣧⠃  ⣧⠃  ⣧⠃  ⣧⠃  ⣧⠃  ⣧⠃  ⣧⠃  ⣧⠃  ⣧⠃  ⣧⠃  ⣧⠃  ⣧⠃  ⣧⠃
       1.0     ⠟   ⠟   ⠟   ⠟   ⠟   ⠟   ⠟   ⠟   ⠟   ⠟   ⠟   ⠟   ⠟
           0           10            20           30           40
       0.5

       0.0  ⠠⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤


           0           10            20           30           40
       its length before clipping, and below it the learning rate
      """, from: 5)
}
