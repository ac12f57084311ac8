import Testing

@testable import LancetOracle
