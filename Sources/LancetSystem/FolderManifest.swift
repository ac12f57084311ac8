// The mark of a folder that Lancet made: a list of its files with sizes and digests, written last. A folder is Lancet's
// own as long as the list is true and complete; then it may be replaced or removed.

import LancetCore

/// What a folder holds, by its manifest.
public struct FolderManifest: Sendable, Hashable {
  /// One file of the folder.
  public struct Entry: Sendable, Hashable {
    /// Its name.
    public var name: String
    /// Its size in bytes.
    public var bytes: Int
    /// Its SHA-256, hexadecimal.
    public var digest: String

    /// A file by its content.
    public init(_ name: String, _ content: UnsafeRawBufferPointer) {
      self.init(name, bytes: content.count, digest: SHA256.hex(of: content))
    }

    /// A file by its figures.
    public init(_ name: String, bytes: Int, digest: String) {
      self.name = name
      self.bytes = bytes
      self.digest = digest
    }

    var json: JSON {
      .object([
        .init("name", .string(name)), .init("bytes", .int(bytes)), .init("sha256", .string(digest)),
      ])
    }
  }

  /// The files, without the manifest itself.
  public var entries: [Entry]
  /// What else the manifest says, for its owner to check.
  public var note: String?

  /// A manifest.
  public init(_ entries: [Entry], note: String? = nil) {
    self.entries = entries
    self.note = note
  }

  /// Reads a manifest; nil when there is none that can be read.
  public init?(folder: String, name: String) {
    guard let bytes = try? Files.read("\(folder)/\(name)", limit: 1 << 20, follow: false),
      let json = try? JSON.parse(bytes), let files = json["files"]?.array
    else { return nil }
    var entries: [Entry] = []
    for file in files {
      guard let name = file["name"]?.string, let bytes = file["bytes"]?.int, bytes >= 0,
        let digest = file["sha256"]?.string
      else { return nil }
      entries.append(Entry(name, bytes: bytes, digest: digest))
    }
    self.init(entries, note: json["note"]?.string)
  }

  /// The manifest as the bytes of its file.
  public var fileBytes: [UInt8] {
    var members: [JSON.Member] = [.init("files", .array(entries.map(\.json)))]
    if let note { members.append(.init("note", .string(note))) }
    return Array(JSON.object(members).serialized().utf8)
  }

  /// The entry of a name.
  public subscript(name: String) -> Entry? { entries.first { $0.name == name } }

  /// Whether a folder holds exactly these files and the manifest: regular ones of these sizes, no link, nothing else.
  public func fits(_ folder: String, name: String) -> Bool {
    guard FileFacts(ofName: folder)?.kind == .folder, let names = try? Files.names(in: folder),
      Set(names) == Set(entries.map(\.name) + [name])
    else { return false }
    return entries.allSatisfy { entry in
      let facts = FileFacts(ofName: "\(folder)/\(entry.name)")
      return facts?.kind == .regular && facts?.size == Int64(entry.bytes)
    }
  }

  /// Whether a folder fits and every file has its digest: reads all of it.
  public func isTrue(of folder: String, name: String) -> Bool {
    guard fits(folder, name: name) else { return false }
    return entries.allSatisfy { entry in
      (try? FolderManifest.digest(of: "\(folder)/\(entry.name)")) == entry.digest
    }
  }

  /// The SHA-256 of a file, read in pieces.
  private static func digest(of path: String) throws(FileFailure) -> String {
    let file = try RegularFile(path, follow: false)
    var digest = SHA256()
    var offset = 0
    while offset < file.size {
      let bytes = try file.bytes(at: offset, count: min(4 << 20, file.size - offset))
      guard !bytes.isEmpty else { throw FileFailure(path, .read, .shorter) }
      bytes.withUnsafeBytes { digest.update($0) }
      offset += bytes.count
    }
    return digest.hexDigest()
  }

  /// Removes a folder when it is Lancet's own: its manifest fits, and with `digests` every byte of it is as listed.
  public static func remove(_ folder: String, name: String, digests: Bool) throws(FileFailure) {
    guard let manifest = FolderManifest(folder: folder, name: name),
      digests ? manifest.isTrue(of: folder, name: name) : manifest.fits(folder, name: name)
    else {
      if let there = FileFacts(ofName: folder), there.kind != .folder {
        throw FileFailure(folder, .remove, .kind(there.kind))
      }
      throw FileFailure(folder, .remove, .notOurs)
    }
    try Files.removeOwnFolder(folder, holding: Set(manifest.entries.map(\.name) + [name]))
  }
}
