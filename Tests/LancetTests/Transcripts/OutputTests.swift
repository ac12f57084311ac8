// Where a command's bytes go: order of data and sentences, a reader that has gone, a disk that is full.

import Foundation
import LancetCore
import Testing

@testable import lancet

@Suite struct OutputTests {
  @Test func `a reader that has gone ends the command without a word`() throws {
    let shell = try CommandTest()
    shell.outputLimit = 5
    shell.expect(
      #"""
      $ lancet --version
      lance⏎̸
      """#)
  }

  @Test func `a full disk is said once, with the reason`() throws {
    let shell = try CommandTest()
    shell.outputLimit = 6
    shell.outputFailure = .failed(reason: "No space left on device")
    shell.expect(
      #"""
      $ lancet --version
      lancet⏎̸
      ! lancet: error: cannot write: No space left on device (standard output): make room, or send the output elsewhere, and run the command again
      [74]
      """#)
  }

  @Test func `the kernel's word for a full disk and for a closed pipe becomes the fact`() throws {
    let full = open("/dev/full", O_WRONLY)
    defer { close(full) }
    let bytes: [UInt8] = [1, 2, 3]
    #expect(throws: OutputFailure.failed(reason: "No space left on device")) {
      try bytes.withUnsafeBytes { try writeAll($0, to: full) }
    }
    signal(SIGPIPE, SIG_IGN)
    var ends: [Int32] = [0, 0]
    #expect(pipe(&ends) == 0)
    close(ends[0])
    defer { close(ends[1]) }
    #expect(throws: OutputFailure.closed) {
      try bytes.withUnsafeBytes { try writeAll($0, to: ends[1]) }
    }
  }

  @Test func `nobody is told of data that never left`() throws {
    let shell = try CommandTest()
    try shell.write("minus", "12 apples\n")
    try shell.write("plus", "13 apples\n")
    shell.expect(
      #"""
      $ lancet diff $/minus $/plus
      @ 0..<2 0..<2 replace
      -12
      +13
      ! 1 hunk, change ratio 50.0 % (1 of 2 words kept)
      """#)
    shell.outputLimit = 3
    shell.outputFailure = .failed(reason: "No space left on device")
    shell.expect(
      #"""
      $ lancet diff $/minus $/plus
      @ 0⏎̸
      ! lancet: error: cannot write: No space left on device (standard output): make room, or send the output elsewhere, and run the command again
      [74]
      """#)
  }
}

@Suite struct ProgressTests {
  @Test func `a short task says nothing of its progress`() throws {
    let shell = try CommandTest()
    try shell.makeSession()
    shell.isTerminal = true
    #expect(!shell.run("lancet rectify $/s --oracle arithmetic").joined().contains("━"))
  }

  @Test func `a long one shows a bar on a terminal, which goes away, and lines elsewhere`() throws {
    let shell = try CommandTest()
    shell.secondsPerLook = 0.3
    let said = CommandTest.Said()
    shell.isTerminal = true
    var io = CommandIO(shell.host(said))
    for done in 0...4 { io.progress("asking", done: done, of: 4) }
    io.note("done")
    #expect(
      shell.lines(said, .done) == [
        "! ␍␛[K" + "asking ━━━━━━━━━━━━━━━─────────────── 50 %␍␛[K"
          + "asking ━━━━━━━━━━━━━━━━━━━━━━──────── 75 %␍␛[K"
          + "asking ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━ 100 %␍␛[K" + "done"
      ])
    shell.isTerminal = false
    io = CommandIO(shell.host(said))
    said.pieces = []
    for done in 0...40 { io.progress("asking", done: done, of: 40) }
    #expect(shell.lines(said, .done) == ["! asking: 2 of 40", "! asking: 36 of 40"])
  }
}
