// A row as import reads it, or why it does not.

@testable import LancetCore

func read(_ text: String, _ reading: RowReading = RowReading()) throws -> ImportedRow {
  try reading.read(try JSON.parse(text))
}

func refusal(_ text: String, _ reading: RowReading = RowReading()) -> String? {
  do {
    _ = try read(text, reading)
    return nil
  } catch {
    return (error as? RowError)?.what ?? "\(error)"
  }
}
