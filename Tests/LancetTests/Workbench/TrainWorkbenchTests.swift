// Runs from the Train screen, in a pseudo-terminal: a form that is refused, a run that is started, watched and finished, and
// the way from an update back to its pairs.
import Glibc
import LancetCore
import LancetStore
import LancetSystem
import LancetTrainer
import Testing

@testable import lancet

@Suite(.serialized) struct TrainWorkbenchTests {
  /// The folder of the small model and its pairs.
  private static func tiny() throws -> String {
    try repository() + "/Tests/LancetTrainerTests/Recorded/tiny"
  }

  /// A session of the small model's pairs, with their known answers.
  private func newTrainSession() throws -> (folder: String, path: String) {
    let folder = newFolder()
    let rows = try #require(contents(of: try Self.tiny() + "/pairs.jsonl"))
    let lines = rows.split(separator: "\n").map { line -> String in
      let digits = line.split(separator: "boxed{").last?.prefix { $0.isNumber } ?? ""
      return line.dropLast() + ", \"ground_truth\": \"\(digits)\"}"
    }
    writeFile(lines.joined(separator: "\n") + "\n", at: folder + "/rows.jsonl")
    let file = try SessionFile.create(at: folder + "/small.lancet")
    defer { file.close() }
    _ = try file.importFiles([folder + "/rows.jsonl"])
    return (folder, folder + "/small.lancet")
  }

  /// A workbench on the session with its pairs approved and the form of a new run open.
  private func personAtTheForm(_ folder: String, _ session: String) throws -> Person {
    let person = try Person(["open", session], home: folder, columns: 140, rows: 44)
    person.see("1 of ")
    person.type(":")
    person.see("also:")
    person.type("rule answer = right\r")
    person.see("would be approved")
    person.type("\r")
    person.see("accepted in")
    person.type("4")
    person.see("n ")
    person.type("n")
    person.see("NEW RUN")
    return person
  }

  @Test func `a run waits, goes on, stops with a checkpoint and is resumed by keys`() throws {
    let (folder, session) = try newTrainSession()
    let person = try personAtTheForm(folder, session)
    person.type(try Self.tiny() + "/model")
    person.type("\u{1B}[B\u{1B}[B\u{1B}[B\u{1B}[B\u{15}90000\r")
    person.see("pairs/s", seconds: 60)
    person.type("p")
    person.see("paused")
    #expect(access(folder + "/small.runs/0001-spot-bco/pause", F_OK) == 0)
    person.type("p")
    person.see("run 1 continues")
    person.type("s")
    person.see("stop it")
    person.type("y")
    person.see("run 1 stopped with a checkpoint", seconds: 60)
    person.type("r")
    #expect(person.waits({ isAtWork(folder) }, seconds: 60))
    // The run is a process of its own: it goes on while no workbench is open.
    person.type("Q")
    #expect(person.end() == .exit(0))
    let later = try Person(["open", session], home: folder, columns: 140, rows: 44)
    later.see("1 of ")
    later.type("4")
    later.see("pairs/s")
    #expect(isAtWork(folder))
    later.type("s")
    later.see("stop it")
    later.type("y")
    later.see("run 1 stopped with a checkpoint", seconds: 60)
    #expect(!isAtWork(folder))
    later.type("Q")
    #expect(later.end() == .exit(0))
  }

  @Test func `a model that cannot be trained is refused in the form, and no run is left behind`()
    throws
  {
    let (folder, session) = try newTrainSession()
    let model = folder + "/broken"
    try Files.makeFolders(model)
    writeFile("{\"model_type\": \"mamba\"}", at: model + "/config.json")
    let person = try personAtTheForm(folder, session)
    person.type(model + "\r")
    person.see("mamba", seconds: 60)
    person.type("\u{1B}")
    person.seeNo("NEW RUN")
    person.type("Q")
    #expect(person.end() == .exit(0))
    #expect(access(folder + "/small.runs/0001-spot-bco/state.json", F_OK) != 0)
  }

  @Test func `a run is started, watched to its end, and leads back to its pairs`() throws {
    let (folder, session) = try newTrainSession()
    let person = try personAtTheForm(folder, session)
    person.type("/nowhere/at/all\r")
    person.see("there is no folder /nowhere/at/all")
    person.type("\u{15}")  // Ctrl-u empties the field
    person.type(try Self.tiny() + "/model\r")
    person.see("run 1 is done", seconds: 120)
    person.see("done")
    #expect(access(folder + "/small.runs/0001-spot-bco/model/model.safetensors", F_OK) == 0)
    person.type("x")
    person.type("\r")
    person.see("Update ")
    person.type("\u{1B}")
    person.seeNo("Update ")
    person.type("Q")
    #expect(person.end() == .exit(0))
    #expect(person.damage == [])
    // The next workbench finds the run in its folder.
    let later = try Person(["open", session], home: folder, columns: 140, rows: 44)
    later.see("1 of ")
    later.type("4")
    later.see("spot-bco")
    later.see("done")
    later.type("Q")
    #expect(later.end() == .exit(0))
  }
}

/// Whether a process holds the first run of this folder's session.
private func isAtWork(_ folder: String) -> Bool {
  RunFolder("\(folder)/small.runs/0001-spot-bco").record()?.condition.isAlive ?? false
}
