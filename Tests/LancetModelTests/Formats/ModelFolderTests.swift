// Whole model folders: read, refused, written.

import Foundation
import LancetCore
import Testing

@testable import LancetModel

@Suite struct ModelFolderTests {
  private func folder() throws -> TestFolder {
    let folder = try TestFolder()
    try folder.write("config.json", TestFolder.config)
    return folder
  }

  private func parameters(of model: ModelFolder) throws -> (WeightReport, [Float]) {
    let slots = try TestFolder.slots()
    var arena = [Float](repeating: .nan, count: try model.layout().count)
    let report = try arena.withUnsafeMutableBufferPointer {
      try model.readParameters(slots: slots, into: $0)
    }
    return (report, arena)
  }

  @Test(arguments: ["F32", "F16", "BF16"])
  func `weights of every type arrive as the same fp32`(type: String) throws {
    let folder = try folder()
    let slots = try TestFolder.slots()
    try folder.writeWeights(slots, type: TensorType(rawValue: type) ?? .float32)
    let (report, arena) = try parameters(of: ModelFolder(path: folder.path))
    #expect(report.nonFinite == 0 && report.refusal == nil)
    for slot in slots {
      let range = try #require(slot.range(inArenaOf: arena.count))
      for index in range {
        #expect(arena[index] == TestFolder.value(slot, index - range.lowerBound))
      }
    }
  }

  @Test func `shards are read by their index, and harmless tensors are left out`() throws {
    let folder = try folder()
    let slots = try TestFolder.slots()
    let head = TensorSlot(name: "lm_head.weight", shape: [24, 8], offset: 0)
    try folder.writeWeights(Array(slots[..<9]), "model-1.safetensors")
    try folder.writeWeights(Array(slots[9...]) + [head], "model-2.safetensors")
    let map = slots.enumerated().map {
      JSON.Member($1.name, .string($0 < 9 ? "model-1.safetensors" : "model-2.safetensors"))
    }
    try folder.write(
      "model.safetensors.index.json",
      JSON.object([.init("weight_map", .object(map))]).serialized())
    let (report, arena) = try parameters(of: ModelFolder(path: folder.path))
    #expect(report.ignored == ["lm_head.weight"])
    #expect(!arena[slots[0].offset].isNaN)
  }

  @Test(arguments: ["../x.safetensors", "/etc/passwd", "absent.safetensors", "a.bin"])
  func `an index may name only safetensors files of the folder`(name: String) throws {
    let folder = try folder()
    try folder.write(
      "model.safetensors.index.json",
      JSON.object([.init("weight_map", .object([.init("t", .string(name))]))]).serialized())
    let sentence = refusal { _ = try ModelFolder(path: folder.path) }
    #expect(sentence?.contains(name) == true, "\(sentence ?? "accepted")")
  }

  @Test func `missing, superfluous and misshapen tensors are listed`() throws {
    let folder = try folder()
    var slots = try TestFolder.slots()
    slots[0].shape = [25, 8]
    slots[1].name = "model.extra"
    try folder.writeWeights(slots)
    let sentence = try #require(refusal { _ = try ModelFolder(path: folder.path) })
    #expect(sentence.contains("3 tensors"))
    #expect(sentence.contains("[25, 8]") && sentence.contains("[24, 8]"))
    #expect(sentence.contains("model.extra is not part") && sentence.contains("is missing"))
  }

  @Test func `numbers that are not finite are counted and named`() throws {
    let folder = try folder()
    let slots = try TestFolder.slots()
    try folder.writeWeights(slots)
    var bytes = try folder.bytes("model.safetensors")
    bytes.replaceSubrange(bytes.count - 4..<bytes.count, with: [0, 0, 0xC0, 0x7F])
    try folder.write("model.safetensors", bytes)
    let (report, _) = try parameters(of: ModelFolder(path: folder.path))
    #expect(report.nonFinite == 1)
    #expect(report.nonFiniteTensors == [slots.last?.name])
    #expect(report.refusal?.what.contains("1 weight is not finite") == true)
  }

  @Test func `pickle is named and never opened`() throws {
    let folder = try folder()
    try folder.write("pytorch_model.bin", "cos\nsystem\n(S'true'\ntR.")
    #expect(
      refusal { _ = try ModelFolder(path: folder.path) }?.contains("never loads pickle") == true)
  }

  @Test
  func
    `a link to a regular file is followed; one that leads nowhere, folders and pipes are refused`()
    throws
  {
    let folder = try folder()
    let elsewhere = try TestFolder()
    try elsewhere.writeWeights(TestFolder.slots())
    let target = folder.path + "/model.safetensors"
    try FileManager.default.createSymbolicLink(
      atPath: target, withDestinationPath: elsewhere.path + "/model.safetensors")
    _ = try ModelFolder(path: folder.path)
    try FileManager.default.removeItem(atPath: target)
    try FileManager.default.createSymbolicLink(atPath: target, withDestinationPath: "../blobs/none")
    let broken = refusal { _ = try ModelFolder(path: folder.path) }
    #expect(
      broken?.contains("a link to ../blobs/none, where nothing is") == true, "\(broken ?? "")")
    try FileManager.default.removeItem(atPath: target)
    try FileManager.default.createSymbolicLink(atPath: target, withDestinationPath: "/dev/zero")
    #expect(
      refusal { _ = try ModelFolder(path: folder.path) }?.contains("not a regular file") == true)
    try FileManager.default.removeItem(atPath: target)
    try FileManager.default.createDirectory(atPath: target, withIntermediateDirectories: false)
    #expect(
      refusal { _ = try ModelFolder(path: folder.path) }?.contains("not a regular file") == true)
    try FileManager.default.removeItem(atPath: target)
    #expect(mkfifo(target, 0o600) == 0)
    #expect(
      refusal { _ = try ModelFolder(path: folder.path) }?.contains("not a regular file") == true)
  }

  @Test func `what stands in place of a model is named with the remedy`() throws {
    let adapter = try TestFolder()
    try adapter.write(
      "adapter_config.json", #"{"peft_type": "LORA", "base_model_name_or_path": "acme/base"}"#)
    let words = refusal { _ = try ModelFolder(path: adapter.path) }
    #expect(
      words?.contains("a LoRA adapter of acme/base") == true && words?.contains("merge") == true)
    for (content, word) in [
      ("version https://git-lfs.github.com/spec/v1\noid sha256:ab\nsize 5\n", "git lfs pull"),
      ("<!DOCTYPE html><html><body>Sign in</body></html>", "a web page"), ("", "empty"),
      ("Entry not found", "a server's refusal"), ("PK\u{3}\u{4}archive/data.pkl", "zip archive"),
      ("GGUF\u{3}\u{0}\u{0}\u{0}\u{0}", "GGUF"), ("short", "fewer than a header length"),
    ] {
      let folder = try folder()
      try folder.write("model.safetensors", content)
      let sentence = refusal { _ = try ModelFolder(path: folder.path) }
      #expect(sentence?.contains(word) == true, "\(sentence ?? "accepted")")
    }
    let page = try TestFolder()
    try page.write("config.json", "<html>\n<head>")
    try page.writeWeights(TestFolder.slots())
    #expect(refusal { _ = try ModelFolder(path: page.path) }?.contains("a web page") == true)
  }

  @Test(arguments: [
    ("module.", "module taken off"), ("_orig_mod.", "_orig_mod taken off"),
    ("module._orig_mod.", "taken off"), ("base_model.", "base_model. taken off"),
  ])
  func `what a training program put before the names is taken off and said`(
    prefix: String, word: String
  ) throws {
    let folder = try folder()
    let slots = try TestFolder.slots()
    try folder.writeWeights(
      slots.map { TensorSlot(name: prefix + $0.name, shape: $0.shape, offset: $0.offset) })
    let model = try ModelFolder(path: folder.path)
    #expect(model.notes.contains { $0.contains(word) }, "\(model.notes)")
    #expect(model.notes.contains { $0.contains("auto_map") })
    let (_, arena) = try parameters(of: model)
    try folder.writeWeights(slots)
    let (_, plain) = try parameters(of: ModelFolder(path: folder.path))
    #expect(arena.map(\.bitPattern) == plain.map(\.bitPattern))
  }

  @Test func `sampling defaults are read, and what is not used is named`() throws {
    let folder = try folder()
    try folder.writeWeights(TestFolder.slots())
    try folder.write(
      "generation_config.json",
      #"{"do_sample": true, "temperature": 0.6, "top_k": 20, "top_p": 0.95, "repetition_penalty": 1.1, "eos_token_id": [3, 4, 99], "no_repeat_ngram_size": 3, "num_beams": 1}"#
    )
    let defaults = try ModelFolder(path: folder.path).generationDefaults()
    #expect(defaults.topK == 20 && defaults.topP == 0.95 && defaults.repetitionPenalty == 1.1)
    #expect(defaults.stopIDs == [3, 4])
    #expect(defaults.greedyNote?.contains("temperature 0.6, top_k 20, top_p 0.95") == true)
    #expect(defaults.ignored == ["no_repeat_ngram_size 3"])
  }

  @Test func `a written folder reads back the same and says fp32`() throws {
    let folder = try folder()
    let slots = try TestFolder.slots()
    try folder.writeWeights(slots, type: .bfloat16)
    try folder.write("generation_config.json", #"{"eos_token_id": 5}"#)
    let model = try ModelFolder(path: folder.path)
    let (_, arena) = try parameters(of: model)
    let destination = folder.path + "/out"
    try arena.withUnsafeBufferPointer {
      try model.write(slots: slots, parameters: $0, to: destination)
    }
    let copy = try ModelFolder(path: destination)
    let (_, again) = try parameters(of: copy)
    for slot in slots {
      let range = try #require(slot.range(inArenaOf: arena.count))
      #expect(arena[range] == again[range])
    }
    #expect(copy.configJSON["torch_dtype"]?.string == "float32")
    #expect(copy.configJSON["auto_map"] == nil, "no name of code that did not come along")
    #expect(FileManager.default.fileExists(atPath: destination + "/generation_config.json"))
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: folder.path).allSatisfy {
        !$0.contains("partial")
      })
    #expect(try copy.contentHash() != model.contentHash())
    #expect(
      refusal {
        try arena.withUnsafeBufferPointer {
          try model.write(slots: slots, parameters: $0, to: destination)
        }
      }?.contains("there already") == true)
  }

  @Test func `the header of a written file is the one safetensors writes`() throws {
    let folder = try folder()
    try folder.writeWeights(try TestFolder.slots())
    let model = try ModelFolder(path: folder.path)
    let slots = [
      TensorSlot(name: "a", shape: [2], offset: 0),
      TensorSlot(name: "bc", shape: [1, 3], offset: 2),
    ]
    // safetensors.torch.save({"bc": ones(1, 3), "a": ones(2)}, metadata={"format": "pt"}), recorded.
    let expected =
      #"{"__metadata__":{"format":"pt"},"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"bc":{"dtype":"F32","shape":[1,3],"data_offsets":[8,20]}}"#
    let header = model.safetensorsHeader(slots)
    #expect(
      String(decoding: header[8...], as: UTF8.self).trimmingCharacters(in: .whitespaces) == expected
    )
    #expect(header.count % 8 == 0 && Int(header[0]) == header.count - 8)
  }
}
