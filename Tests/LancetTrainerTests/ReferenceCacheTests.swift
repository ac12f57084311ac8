// References of the starting model are shared between runs where the person's cache is, and nowhere else.

import LancetCore
import LancetSystem
import Testing

@testable import LancetTrainer

@Suite struct ReferenceCacheTests {
  @Test(arguments: [
    (["XDG_CACHE_HOME": "/c", "HOME": "/h"], "/c/lancet/reference" as String?),
    (["HOME": "/h"], "/h/.cache/lancet/reference"),
    (["XDG_CACHE_HOME": "relative", "HOME": "/h"], "/h/.cache/lancet/reference"),
    ([:], nil),
  ])
  func `the cache is where the environment says`(
    _ environment: [String: String], _ folder: String?
  ) {
    #expect(ReferenceCache.folder { environment[$0] } == folder)
  }

  @Test func `what one run computed the next one reads; without a folder nothing is kept`() throws {
    let scratch = RunScratch()
    let entry = ("0123", ReferenceLogProbs(chosen: -1.5, rejected: -2.25))
    let folder = scratch.path + "/cache"
    ReferenceCache(folder: folder, modelHash: "m").write([entry])
    #expect(ReferenceCache(folder: folder, modelHash: "m").read() == ["0123": entry.1])
    #expect(ReferenceCache(folder: folder, modelHash: "other").read().isEmpty)
    ReferenceCache(folder: nil, modelHash: "m").write([entry])
    #expect(ReferenceCache(folder: nil, modelHash: "m").read().isEmpty)
    #expect(Files.namesIfAny(in: folder).count == 1)
  }
}
