// What people have in place of a model file: pointers, web pages, archives. Each is known by its first bytes and named with the
// remedy, because "not JSON" or "a wrong length" tells nobody what happened.

import LancetCore

/// What a file is when it is not what its name says.
enum ForeignFile {
  /// How many bytes are looked at.
  static let lookedAt = 512

  /// The words for a file that begins so, and what to do; nil for a beginning that is not known.
  static func recognize(_ bytes: [UInt8]) -> (found: String, remedy: String)? {
    let download = "download the file itself"
    if bytes.isEmpty { return ("empty", "download it again: it was never written") }
    var rest = bytes[...]
    if rest.starts(with: [0xEF, 0xBB, 0xBF]) { rest = rest.dropFirst(3) }
    let text = rest.drop { $0 == 32 || 9...13 ~= $0 }
    let lower = text.map { 65...90 ~= $0 ? $0 + 32 : $0 }
    func begins(_ words: String) -> Bool { lower.starts(with: words.utf8) }
    if begins("version https://git-lfs.github.com/") || begins("version https://hawser.github.com/")
    {
      return (
        "a Git LFS pointer, not the file itself",
        "run git lfs pull in the repository, or \(download)"
      )
    }
    if begins("<!doctype html") || begins("<html") || begins("<head") || begins("<!--") {
      return ("a web page (HTML)", "\(download): the page around it was saved")
    }
    if begins("<?xml") || begins("<error") {
      return ("an XML document, such as a server's refusal", download)
    }
    let refusals = [
      "entry not found", "repository not found", "not found", "invalid username or password",
      "unauthorized",
      "access to model", "forbidden", "404", "401", "403",
    ]
    if refusals.contains(where: begins) || begins("{\"error\"") || begins("{\"message\"") {
      let words = String(decoding: text.prefix(60), as: UTF8.self)
      return ("a server's refusal (“\(words)”)", "\(download), signed in where that is asked for")
    }
    if bytes.starts(with: Array("PK\u{3}\u{4}".utf8)) {
      return (
        "a zip archive, as pickled PyTorch weights are",
        "convert the weights to safetensors; Lancet never loads pickle"
      )
    }
    if bytes.starts(with: [0x80]) && bytes.count > 1 && 2...5 ~= bytes[1] {
      return ("a Python pickle", "convert the weights to safetensors; Lancet never loads pickle")
    }
    if bytes.starts(with: Array("GGUF".utf8)) {
      return ("a GGUF file", "use the Hugging Face folder the GGUF was made of")
    }
    if bytes.starts(with: [0x1F, 0x8B]) { return ("a gzip archive", "unpack it") }
    if bytes.starts(with: Array("\u{28}\u{B5}".unicodeScalars.map { UInt8($0.value) })) {
      return ("a Zstandard archive", "unpack it")
    }
    if bytes.starts(with: [0x89] + Array("HDF".utf8)) {
      return ("an HDF5 file, as TensorFlow writes them", "convert the weights to safetensors")
    }
    if bytes.allSatisfy({ $0 == 0 }), bytes.count >= 8 {
      return ("nothing but zeros", "download it again: it was reserved and never filled")
    }
    return nil
  }

  /// The error for a file that begins so.
  static func error(_ path: String, _ bytes: [UInt8]) -> ModelError? {
    recognize(bytes).map { .foreignFile(path: path, found: $0.found, remedy: $0.remedy) }
  }
}
