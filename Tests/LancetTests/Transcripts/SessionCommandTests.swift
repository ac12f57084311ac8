// Sessions from the command line: new, sessions, import, restore, and every way a session can refuse.

import LancetStore
import Testing

@testable import lancet

@Suite struct SessionCommandTests {
  @Test func `a session is made once`() throws {
    let shell = try CommandTest()
    shell.expect(
      #"""
      $ lancet new $/s
      ! made $/s.lancet
      $ lancet new $/s.lancet
      ! lancet: error: the file is there already ($/s.lancet): choose another name or open it
      [73]
      $ lancet new $/no/such/folder/s
      ! lancet: error: cannot create: no such file or folder ($/no/such/folder/s.lancet): check the folder and its permissions
      [73]
      $ lancet new $/t --json
      {"name":"t","path":"$/t.lancet","problems":0,"traces":0,"proposals":0,"pairs":0,"bytes":N,"modified":N,"open_in":N}
      """#)
  }

  @Test func `sessions are listed with what they have, also those that cannot be read`() throws {
    let shell = try CommandTest()
    let data = "home/.local/share/lancet"
    shell.expect(
      #"""
      $ lancet sessions
      ! no sessions here or in $/home/.local/share/lancet; make one with lancet new
      $ lancet sessions --json
      """#)
    try shell.makeSession(approve: true)
    try shell.write("\(data)/s.lancet", Array(try shell.bytes("s.lancet")))
    try shell.write("\(data)/broken.lancet", "no session\n")
    shell.expect(
      #"""
      $ lancet sessions
      $/home/.local/share/lancet/broken.lancet  not a Lancet session but some other file
      $/home/.local/share/lancet/s.lancet  4 problems  4 traces  2 pairs
      $ lancet sessions --json
      {"name":"broken","path":"$/home/.local/share/lancet/broken.lancet","error":"not a Lancet session but some other file"}
      {"name":"s","path":"$/home/.local/share/lancet/s.lancet","problems":4,"traces":4,"proposals":2,"pairs":2,"bytes":N,"modified":N,"open_in":null}
      $ lancet show s
      $/home/.local/share/lancet/s.lancet
      problems   4
      traces     4   1 right, 3 wrong, 0 ungradable
      review     2 new, 0 open, 2 approved, 0 rejected, 0 skipped
      proposals  2
      pairs      2
      """#)
  }

  @Test func `an import counts, reports bad rows by line, and adds nothing twice`() throws {
    let shell = try CommandTest()
    try shell.write(
      "rows.jsonl",
      (CommandTest.rows + ["{\"question\": 1}", "not json", "[]", "{\"a\":1}"])
        .joined(separator: "\n") + "\n")
    try shell.write("empty.jsonl", "")
    try shell.write("bad.jsonl", "nothing\n")
    shell.expect(
      #"""
      $ lancet new $/s
      ! made $/s.lancet
      $ lancet import $/s $/rows.jsonl
      ! $/rows.jsonl:5: question: a string or messages expected, found a number
      ! $/rows.jsonl:6: 'null' expected, found 'o' at byte 1
      ! $/rows.jsonl:7: object expected, found an array
      ! $/rows.jsonl:8: no known format has the keys a
      ! 8 rows read, 4 added, 0 duplicates, 4 bad: 4 new problems, 4 new traces, 1 new proposal
      $ lancet import $/s $/rows.jsonl --json
      ! $/rows.jsonl:5: question: a string or messages expected, found a number
      ! $/rows.jsonl:6: 'null' expected, found 'o' at byte 1
      ! $/rows.jsonl:7: object expected, found an array
      ! $/rows.jsonl:8: no known format has the keys a
      {"read":8,"added":0,"duplicates":4,"bad":[{"file":"$/rows.jsonl","line":5,"reason":"question: a string or messages expected, found a number"},{"file":"$/rows.jsonl","line":6,"reason":"'null' expected, found 'o' at byte 1"},{"file":"$/rows.jsonl","line":7,"reason":"object expected, found an array"},{"file":"$/rows.jsonl","line":8,"reason":"no known format has the keys a"}],"problems":0,"traces":0,"proposals":0,"conflicts":0,"contradicted":0,"ignored":{},"complete":true}
      $ lancet import $/s $/empty.jsonl
      ! 0 traces: no rows
      ! 0 rows read, 0 added, 0 duplicates, 0 bad: 0 new problems, 0 new traces, 0 new proposals
      $ lancet import $/s $/bad.jsonl
      ! $/bad.jsonl:1: 'null' expected, found 'o' at byte 1
      ! 1 row read, 0 added, 0 duplicates, 1 bad: 0 new problems, 0 new traces, 0 new proposals
      [65]
      $ lancet import $/s $/bad.jsonl --strict
      ! lancet: error: 'null' expected, found 'o' at byte 1 ($/bad.jsonl, line 1): fix the row, or import without --strict
      [65]
      """#)
  }

  @Test func `what cannot be imported is refused with the reason`() throws {
    let shell = try CommandTest()
    try shell.write("rows.gz", [0x1F, 0x8B, 8, 0, 0])
    try shell.write("utf16.jsonl", [0xFF, 0xFE, 0x7B, 0])
    shell.expect(
      #"""
      $ lancet new $/s
      ! made $/s.lancet
      $ lancet import $/s $/missing.jsonl
      ! lancet: error: no such file ($/missing.jsonl): check the path
      [66]
      $ lancet import $/s $/
      ! lancet: error: a directory, not a file ($/): name a regular file of JSON Lines
      [65]
      $ lancet import $/s $/rows.gz
      ! lancet: error: not JSON Lines but gzip ($/rows.gz): unpack or convert it to JSON Lines first
      [65]
      $ lancet import $/s $/utf16.jsonl
      ! lancet: error: not UTF-8 (looks like UTF-16) ($/utf16.jsonl): convert it to UTF-8 first
      [65]
      """#)
  }

  @Test func `a stopped import says that it goes on from there`() throws {
    let shell = try CommandTest()
    try shell.writeRows()
    shell.expect(
      #"""
      $ lancet new $/s
      ! made $/s.lancet
      """#)
    shell.isInterrupted = true
    shell.expect(
      #"""
      $ lancet import $/s $/rows.jsonl
      ! 4 rows read, 4 added, 0 duplicates, 0 bad: 4 new problems, 4 new traces, 1 new proposal
      ! stopped; the same command continues from here
      [130]
      """#)
  }

  @Test func `a session that is not there, is none, or is damaged`() throws {
    let shell = try CommandTest()
    try shell.write("text.lancet", "a text, and longer than a hundred bytes of it".repeated(4))
    try shell.write("empty.lancet", "")
    try shell.makeSession()
    var bytes = try shell.bytes("s.lancet")
    for at in bytes.indices.dropFirst(4096) { bytes[at] = 0x5A }
    try shell.write("damaged.lancet", bytes)
    shell.expect(
      #"""
      $ lancet show $/missing
      ! lancet: error: no such session ($/missing.lancet): make it with lancet new, or see lancet sessions
      [66]
      $ lancet show $/text
      ! lancet: error: not a Lancet session but some other file ($/text.lancet): give the name of a .lancet file
      [65]
      $ lancet show $/empty
      ! lancet: error: the session file is damaged: it is empty ($/empty.lancet): it has no backups; sqlite3's .recover may save a part
      [65]
      $ lancet show $/damaged
      ! lancet: error: the session file is damaged: database disk image is malformed ($/damaged.lancet): it has no backups; sqlite3's .recover may save a part
      [65]
      """#)
  }

  @Test func `a session that somebody else writes can be read and not written`() throws {
    let shell = try CommandTest()
    try shell.makeSession()
    let holder = try SessionFile.open(at: shell.path + "/s.lancet", mode: .write)
    defer { holder.close() }
    shell.expect(
      #"""
      $ lancet import $/s $/rows.jsonl
      ! lancet: error: the session is open in process N since TIME ($/s.lancet): close it there, or read it with show and export
      [75]
      $ lancet decide $/s --trace 1 --accept 1
      ! lancet: error: the session is open in process N since TIME ($/s.lancet): close it there, or read it with show and export
      [75]
      $ lancet rectify $/s --oracle arithmetic
      ! lancet: error: the session is open in process N since TIME ($/s.lancet): close it there, or read it with show and export
      [75]
      $ lancet show $/s
      $/s.lancet
      problems   4
      traces     4   1 right, 3 wrong, 0 ungradable
      review     4 new, 0 open, 0 approved, 0 rejected, 0 skipped
      proposals  2
      pairs      0
      $ lancet restore $/s --backup 0
      ! lancet: error: no backup 0 ($/s.lancet): see the list of backups
      [66]
      """#)
  }

  @Test func `backups are listed and one is put back`() throws {
    let shell = try CommandTest()
    try shell.makeSession(approve: true)
    shell.masks.append((#"\d{8}T\d{6}Z"#, "TIME"))
    shell.masks.append((#"\d+ bytes"#, "N bytes"))
    shell.expect(
      #"""
      $ lancet restore $/missing
      ! lancet: error: no such session ($/missing.lancet): make it with lancet new, or see lancet sessions
      [66]
      $ lancet restore $/s
      1  TIME  before-bulk  N bytes
      2  TIME  before-bulk  N bytes
      $ lancet restore $/s --json
      {"backup":1,"made":"TIME","reason":"before-bulk","bytes":N,"path":"$/s.backups/0001-TIME-before-bulk.lancet"}
      {"backup":2,"made":"TIME","reason":"before-bulk","bytes":N,"path":"$/s.backups/0002-TIME-before-bulk.lancet"}
      $ lancet restore $/s --backup 99
      ! lancet: error: no backup 99 ($/s.lancet): see the list of backups
      [66]
      $ lancet restore $/s --backup 1
      ! $/s.lancet is backup 1 now; what was there is $/s.lancet.damaged
      $ lancet show $/s
      $/s.lancet
      problems   4
      traces     4   1 right, 3 wrong, 0 ungradable
      review     4 new, 0 open, 0 approved, 0 rejected, 0 skipped
      proposals  1
      pairs      0
      $ lancet new $/t
      ! made $/t.lancet
      $ lancet restore $/t
      ! $/t.lancet has no backups
      """#)
  }
}

extension String {
  fileprivate func repeated(_ count: Int) -> String { String(repeating: self, count: count) }
}
