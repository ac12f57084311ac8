import Testing

@testable import LancetTerminal
