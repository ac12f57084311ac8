// What `lancet` without arguments opens: a copy of Sessions/demo in the person's data folder, made once, so that the
// original stays as it is.

import Glibc
import LancetCore
import LancetOracle
import LancetStore
import LancetSystem

/// The bundled demo.
enum DemoSession {
  /// The path of the copy, made when it is not there yet.
  static func prepare(_ io: CommandIO) throws -> SessionPath {
    guard let data = io.sessionFolders.data else { throw DemoError.noHome }
    let final = "\(data)/demo\(SessionPath.suffix)"
    if FileFacts(final) != nil { return SessionPath(final) }
    guard let source = folder() else { throw DemoError.noFiles }
    // Made aside and given its name when whole: a kill in between leaves no half demo behind.
    let part = AsideName.beside(final)
    do throws(FileFailure) { try Files.makeFolders(data) } catch {
      throw DemoError.cannotPlace(path: final, reason: error.reason)
    }
    Files.removeLeftovers(in: data, of: Files.name(of: final))
    defer { SessionFile.removeUnfinished(part) }
    io.note("making the demo session from \(source)")
    let file = try SessionFile.createAside(part)
    do {
      defer { file.close() }
      let inputs = ["traces", "rectified"].map { "\(source)/\($0).jsonl" }
      _ = try file.importFiles(inputs.filter { Files.isReadable($0) })
      _ = try file.rectify(asking: ArithmeticOracle())
    }
    do throws(FileFailure) { try Files.giveName(part, final) } catch {
      throw DemoError.cannotPlace(path: final, reason: error.reason)
    }
    return SessionPath(final)
  }

  /// Where the demo's files are: LANCET_HOME, else beside the program or above it, else here.
  static func folder() -> String? {
    var candidates: [String] = []
    if let home = environment("LANCET_HOME") { candidates.append(home) }
    var program = [CChar](repeating: 0, count: Int(PATH_MAX) + 1)
    let length = readlink("/proc/self/exe", &program, Int(PATH_MAX))
    if length > 0 {
      var path = String(
        decoding: program.prefix(length).map { UInt8(bitPattern: $0) }, as: UTF8.self)
      while let slash = path.lastIndex(of: "/"), slash != path.startIndex {
        path = String(path[..<slash])
        candidates.append(path)
      }
    }
    candidates.append(".")
    return candidates.map { "\($0)/Sessions/demo" }.first {
      Files.isReadable("\($0)/traces.jsonl")
    }
  }
}

/// Why there is no demo to open.
enum DemoError: LancetError, Hashable {
  case noHome
  case noFiles
  case cannotPlace(path: String, reason: String)

  var what: String {
    switch self {
    case .noHome: "there is no place for the demo session"
    case .noFiles: "the demo's files were not found"
    case .cannotPlace(_, let reason): "the demo session cannot be made: \(reason)"
    }
  }

  var place: String {
    switch self {
    case .noHome: "XDG_DATA_HOME, HOME"
    case .noFiles: "Sessions/demo/traces.jsonl"
    case .cannotPlace(let path, _): path
    }
  }

  var advice: String {
    switch self {
    case .noHome: "set HOME or XDG_DATA_HOME to a folder's path"
    case .noFiles: "set LANCET_HOME to Lancet's own folder, or name a session: lancet open NAME"
    case .cannotPlace: "make room or give write permission, then start again"
    }
  }

  var exitCode: ExitCode {
    switch self {
    case .noHome, .cannotPlace: .cannotCreate
    case .noFiles: .missingInput
    }
  }
}
