// What can be said of a session without opening it.

extension SessionPath {
  /// The file's size in bytes; 0 when it is not there.
  public var size: Int64 { FileFacts(file)?.size ?? 0 }
  /// When the file was changed last, milliseconds since 1970; 0 when it is not there.
  public var modified: Int64 { FileFacts(file)?.modified ?? 0 }
  /// Who writes to it right now; nil when nobody does.
  public var holder: LockHolder? { SessionLock.holder(of: self) }
}

extension SessionFile {
  /// Who writes to the session right now; nil when nobody does.
  public var holder: LockHolder? { path.holder }
}
