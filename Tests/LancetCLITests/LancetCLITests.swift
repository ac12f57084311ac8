import Testing

@testable import LancetCLI
